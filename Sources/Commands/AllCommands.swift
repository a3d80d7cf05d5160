import Sessions

extension Registry {
  /// Every command of the shell, in the order of `help`. A new command is one file and one line here.
  public static let standard = standard(adding: [])

  /// The same with those of the modules above.
  public static func standard(adding more: [Command]) -> Registry {
    Registry(own + more, questions: QuestionReader())
  }

  private static var own: [Command] {
    [
      .patient, .set, .note, .unset, .show, .patients, .use, .useWitness, .copy, .assumeAbsent,
      .recommend, .arguments, .why, .whyNot, .flip, .missing, .whatIf, .compare, .audit, .auditCoverage, .cohort,
      .contents, .read, .evidence, .simulate, .dose, .adverse, .cite, .errata, .find, .explain,
      .order, .arrange, .give, .perform, .stop, .advance, .timeline,
      .undo, .redo, .history, .branch, .switchBranch, .branches, .rename, .forget,
      .save, .load, .record, .stopRecording, .replay, .next, .restore, .export, .language, .help, .about, .quit,
    ]
  }
}
