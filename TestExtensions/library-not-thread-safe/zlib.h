// What the fixtures use of zlib; weak, so that they link and load without the library.
#pragma once

typedef unsigned char Bytef;
typedef unsigned int uInt;
typedef unsigned long uLong;

typedef struct z_stream_s {
  const Bytef *next_in;
  uInt avail_in;
  uLong total_in;
  Bytef *next_out;
  uInt avail_out;
  uLong total_out;
  const char *msg;
  void *state;
} z_stream;

#define Z_OK 0
#define Z_STREAM_END 1
#define Z_NO_FLUSH 0
#define Z_FINISH 4
#define ZLIB_WEAK __attribute__((weak))

#ifdef __cplusplus
extern "C" {
#endif

extern ZLIB_WEAK int deflateInit(z_stream *stream, int level);
extern ZLIB_WEAK int deflate(z_stream *stream, int flush);
extern ZLIB_WEAK int deflateReset(z_stream *stream);
extern ZLIB_WEAK int deflateEnd(z_stream *stream);
extern ZLIB_WEAK uLong crc32(uLong crc, const Bytef *bytes, uInt size);

#ifdef __cplusplus
}
#endif
