internal import CLibarchive
func x() { _ = archive_read_new() }
