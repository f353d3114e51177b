// ProgramModel
