// What the fixtures use of FreeType; weak, so that they link and load without the library.
#pragma once

typedef int FT_Error;
typedef struct FT_LibraryRec_ *FT_Library;
typedef struct FT_FaceRec_ {
  long num_faces, face_index, face_flags, style_flags, num_glyphs;
  char *family_name, *style_name;
} *FT_Face;

#define FREETYPE_WEAK __attribute__((weak))

#ifdef __cplusplus
extern "C" {
#endif

extern FREETYPE_WEAK FT_Error FT_Init_FreeType(FT_Library *library);
extern FREETYPE_WEAK FT_Error FT_Done_FreeType(FT_Library library);
extern FREETYPE_WEAK FT_Error FT_New_Face(FT_Library library, const char *path, long index,
                                          FT_Face *face);
extern FREETYPE_WEAK FT_Error FT_Done_Face(FT_Face face);
extern FREETYPE_WEAK FT_Error FT_Load_Glyph(FT_Face face, unsigned glyph, int flags);
extern FREETYPE_WEAK FT_Error FT_Set_Pixel_Sizes(FT_Face face, unsigned width, unsigned height);

#ifdef __cplusplus
}
#endif
