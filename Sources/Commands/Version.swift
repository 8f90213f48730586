/// The program's version; see CHANGELOG.md.
let toolVersion = "0.1.0"
