// The data files, embedded in the program. `make texts` writes this file anew from the folders beside it.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CTexts.h"

static const unsigned char text1[] = {
#embed "chapters/01-surgery.el.md"
};
static const unsigned char text2[] = {
#embed "chapters/01-surgery.md"
};
static const unsigned char text3[] = {
#embed "chapters/04-symptomatic-treatment.el.md"
};
static const unsigned char text4[] = {
#embed "chapters/04-symptomatic-treatment.md"
};
static const unsigned char text5[] = {
#embed "chapters/08-gastrinoma.el.md"
};
static const unsigned char text6[] = {
#embed "chapters/08-gastrinoma.md"
};
static const unsigned char text7[] = {
#embed "chapters/09-insulinoma.el.md"
};
static const unsigned char text8[] = {
#embed "chapters/09-insulinoma.md"
};
static const unsigned char text9[] = {
#embed "chapters/13-proton-pump-inhibitors.el.md"
};
static const unsigned char text10[] = {
#embed "chapters/13-proton-pump-inhibitors.md"
};
static const unsigned char text11[] = {
#embed "chapters/14-other-drugs.el.md"
};
static const unsigned char text12[] = {
#embed "chapters/14-other-drugs.md"
};
static const unsigned char text13[] = {
#embed "chapters/20-embolisation.el.md"
};
static const unsigned char text14[] = {
#embed "chapters/20-embolisation.md"
};
static const unsigned char text15[] = {
#embed "chapters/21-radioembolisation.el.md"
};
static const unsigned char text16[] = {
#embed "chapters/21-radioembolisation.md"
};
static const unsigned char text17[] = {
#embed "chapters/22-external-radiotherapy.el.md"
};
static const unsigned char text18[] = {
#embed "chapters/22-external-radiotherapy.md"
};
static const unsigned char text19[] = {
#embed "chapters/23-targeted-drugs.el.md"
};
static const unsigned char text20[] = {
#embed "chapters/23-targeted-drugs.md"
};
static const unsigned char text21[] = {
#embed "vocabulary/derive.txt"
};
static const unsigned char text22[] = {
#embed "vocabulary/findings.txt"
};
static const unsigned char text23[] = {
#embed "vocabulary/tests.txt"
};
static const unsigned char text24[] = {
#embed "vocabulary/therapies.txt"
};
static const unsigned char text25[] = {
#embed "vocabulary/words.txt"
};

static const islet_text texts[] = {
    {"chapters/01-surgery.el.md", text1, sizeof(text1)},
    {"chapters/01-surgery.md", text2, sizeof(text2)},
    {"chapters/04-symptomatic-treatment.el.md", text3, sizeof(text3)},
    {"chapters/04-symptomatic-treatment.md", text4, sizeof(text4)},
    {"chapters/08-gastrinoma.el.md", text5, sizeof(text5)},
    {"chapters/08-gastrinoma.md", text6, sizeof(text6)},
    {"chapters/09-insulinoma.el.md", text7, sizeof(text7)},
    {"chapters/09-insulinoma.md", text8, sizeof(text8)},
    {"chapters/13-proton-pump-inhibitors.el.md", text9, sizeof(text9)},
    {"chapters/13-proton-pump-inhibitors.md", text10, sizeof(text10)},
    {"chapters/14-other-drugs.el.md", text11, sizeof(text11)},
    {"chapters/14-other-drugs.md", text12, sizeof(text12)},
    {"chapters/20-embolisation.el.md", text13, sizeof(text13)},
    {"chapters/20-embolisation.md", text14, sizeof(text14)},
    {"chapters/21-radioembolisation.el.md", text15, sizeof(text15)},
    {"chapters/21-radioembolisation.md", text16, sizeof(text16)},
    {"chapters/22-external-radiotherapy.el.md", text17, sizeof(text17)},
    {"chapters/22-external-radiotherapy.md", text18, sizeof(text18)},
    {"chapters/23-targeted-drugs.el.md", text19, sizeof(text19)},
    {"chapters/23-targeted-drugs.md", text20, sizeof(text20)},
    {"vocabulary/derive.txt", text21, sizeof(text21)},
    {"vocabulary/findings.txt", text22, sizeof(text22)},
    {"vocabulary/tests.txt", text23, sizeof(text23)},
    {"vocabulary/therapies.txt", text24, sizeof(text24)},
    {"vocabulary/words.txt", text25, sizeof(text25)},
};

size_t islet_text_count(void) { return sizeof(texts) / sizeof(texts[0]); }

const islet_text *islet_text_at(size_t place) { return place < islet_text_count() ? &texts[place] : NULL; }
