#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file, a folder or a stream wasn't read or written: what lies there, or what the system said.
public enum FileCause: Sendable, Hashable {
  case missing, denied
  /// What lies there is no plain file.
  case folder, pipe, device, socket
  /// What lies there is a file, where a folder is wanted.
  case file
  /// A part of the path is no folder.
  case notFolder
  /// A symbolic link, which isn't followed here.
  case link
  /// A symbolic link out of the folder that is read.
  case leadsOut
  case full, quota, readOnly, closed
  /// The name is longer than the system takes; the file is larger.
  case longName, large
  /// It is what is being read.
  case isRead
  /// There is no home folder to keep it in.
  case homeless
  /// Anything else, in the system's words.
  case other(String)

  /// The cause that a system call gave.
  public init(errno code: Int32) {
    switch code {
    case ENOENT: self = .missing
    case EACCES, EPERM: self = .denied
    case EISDIR: self = .folder
    case ENXIO, ENODEV: self = .pipe
    case ELOOP: self = .link
    case ENOSPC: self = .full
    case EDQUOT: self = .quota
    case EROFS: self = .readOnly
    case EBADF: self = .closed
    case ENOTDIR: self = .notFolder
    case ENAMETOOLONG: self = .longName
    case EFBIG: self = .large
    default: self = .other(strerror(code).map { String(cString: $0) } ?? "errno \(code)")
    }
  }

  /// What lies at a path by its mode; nil for a plain file.
  public init?(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFLNK: self = .link
    default: self = .device
    }
  }

  /// The cause as what follows a colon.
  public var words: Words {
    switch self {
    case .missing: Words("it isn't there", "δεν υπάρχει")
    case .denied: Words("permission denied", "δεν υπάρχει δικαίωμα πρόσβασης")
    case .folder: Words("it is a folder", "είναι φάκελος")
    case .file: Words("it is a file", "είναι αρχείο")
    case .notFolder: Words("a part of its path isn't a folder", "μέρος της διαδρομής του δεν είναι φάκελος")
    case .pipe: Words("it is a named pipe", "είναι επώνυμη διοχέτευση (named pipe)")
    case .device: Words("it is a device", "είναι συσκευή")
    case .socket: Words("it is a socket", "είναι υποδοχή (socket)")
    case .link: Words("it is a symbolic link, which is not followed", "είναι συμβολικός σύνδεσμος, που δεν ακολουθείται")
    case .leadsOut: Words("it is a link that leads out of its folder", "είναι σύνδεσμος που οδηγεί έξω από τον φάκελό του")
    case .full: Words("the disk is full", "ο δίσκος είναι γεμάτος")
    case .quota: Words("your share of the disk is used up", "εξαντλήθηκε το όριό σας στον δίσκο")
    case .readOnly: Words("the disk is read-only", "ο δίσκος είναι μόνο για ανάγνωση")
    case .closed: Words("it is closed", "είναι κλειστή")
    case .longName: Words("its name is too long", "το όνομά του είναι υπερβολικά μεγάλο")
    case .large: Words("it is too large", "είναι υπερβολικά μεγάλο")
    case .isRead: Words("it is the file that is being read", "είναι το αρχείο που διαβάζεται")
    case .homeless: Words("there is no home folder", "δεν υπάρχει προσωπικός φάκελος")
    case .other(let text): Words(same: text)
    }
  }

  /// What to try where it should have been written.
  public var helpForWriting: Words? {
    switch self {
    case .pipe, .device, .socket: Words("Name a plain file.", "Δώστε ένα απλό αρχείο.")
    default: help
    }
  }

  /// What to try where it should have been a folder.
  public var helpForFolders: Words? {
    switch self {
    case .file, .pipe, .device, .socket: Words("Name a folder.", "Δώστε το όνομα ενός φακέλου.")
    default: help
    }
  }

  /// What to try where it should have been read.
  public var help: Words? {
    switch self {
    case .file: Words("Name a folder.", "Δώστε το όνομα ενός φακέλου.")
    case .missing, .notFolder: Words("Check its name and its folder.", "Ελέγξτε το όνομα και τον φάκελό του.")
    case .denied:
      Words("Ask whoever owns it or its folder, or choose another place.", "Απευθυνθείτε στον κάτοχο του αρχείου ή του φακέλου, ή διαλέξτε άλλη θέση.")
    case .folder: Words("Name a file.", "Δώστε το όνομα ενός αρχείου.")
    case .pipe, .device, .socket:
      Words("Name a plain file, or send the text to standard input.", "Δώστε ένα απλό αρχείο, ή στείλτε το κείμενο στην τυπική είσοδο.")
    case .link: Words("Name the file that it leads to.", "Δώστε το αρχείο στο οποίο οδηγεί.")
    case .leadsOut: Words("If you trust it, copy the file into the folder.", "Αν το εμπιστεύεστε, αντιγράψτε το αρχείο μέσα στον φάκελο.")
    case .full, .quota: Words("Make room, or choose another place.", "Ελευθερώστε χώρο, ή διαλέξτε άλλη θέση.")
    case .isRead: Words("Choose another name.", "Διαλέξτε άλλο όνομα.")
    case .readOnly: Words("Choose another place.", "Διαλέξτε άλλη θέση.")
    case .homeless: Words("Set HOME.", "Ορίστε τη μεταβλητή HOME.")
    case .closed, .longName, .large, .other: nil
    }
  }
}
