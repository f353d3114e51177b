const char *const static_scratch_buffer_two_files_good_words[] = {"one", "two", "three"};
unsigned char static_scratch_buffer_two_files_good_order[3] = {2, 0, 1};
