char static_scratch_buffer_two_files_line[256];  // expect: static-scratch-buffer
