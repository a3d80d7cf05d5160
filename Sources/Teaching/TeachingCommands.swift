import Sessions

extension Command {
  /// The commands of teaching, in the order of `help`. A new command is one file and one line here.
  public static let teaching: [Command] = [.play, .decide, .hint, .status, .done, .debrief, .scenario, .review, .expect]
}
