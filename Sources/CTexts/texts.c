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
#embed "chapters/02-liver-surgery.el.md"
};
static const unsigned char text4[] = {
#embed "chapters/02-liver-surgery.md"
};
static const unsigned char text5[] = {
#embed "chapters/03-liver-transplantation.el.md"
};
static const unsigned char text6[] = {
#embed "chapters/03-liver-transplantation.md"
};
static const unsigned char text7[] = {
#embed "chapters/04-symptomatic-treatment.el.md"
};
static const unsigned char text8[] = {
#embed "chapters/04-symptomatic-treatment.md"
};
static const unsigned char text9[] = {
#embed "chapters/05-somatostatin-analogues.el.md"
};
static const unsigned char text10[] = {
#embed "chapters/05-somatostatin-analogues.md"
};
static const unsigned char text11[] = {
#embed "chapters/06-vipoma.el.md"
};
static const unsigned char text12[] = {
#embed "chapters/06-vipoma.md"
};
static const unsigned char text13[] = {
#embed "chapters/07-glucagonoma.el.md"
};
static const unsigned char text14[] = {
#embed "chapters/07-glucagonoma.md"
};
static const unsigned char text15[] = {
#embed "chapters/08-gastrinoma.el.md"
};
static const unsigned char text16[] = {
#embed "chapters/08-gastrinoma.md"
};
static const unsigned char text17[] = {
#embed "chapters/09-insulinoma.el.md"
};
static const unsigned char text18[] = {
#embed "chapters/09-insulinoma.md"
};
static const unsigned char text19[] = {
#embed "chapters/10-other-syndromes.el.md"
};
static const unsigned char text20[] = {
#embed "chapters/10-other-syndromes.md"
};
static const unsigned char text21[] = {
#embed "chapters/11-antitumour-effect.el.md"
};
static const unsigned char text22[] = {
#embed "chapters/11-antitumour-effect.md"
};
static const unsigned char text23[] = {
#embed "chapters/12-new-analogues.el.md"
};
static const unsigned char text24[] = {
#embed "chapters/12-new-analogues.md"
};
static const unsigned char text25[] = {
#embed "chapters/13-proton-pump-inhibitors.el.md"
};
static const unsigned char text26[] = {
#embed "chapters/13-proton-pump-inhibitors.md"
};
static const unsigned char text27[] = {
#embed "chapters/14-other-drugs.el.md"
};
static const unsigned char text28[] = {
#embed "chapters/14-other-drugs.md"
};
static const unsigned char text29[] = {
#embed "chapters/15-interferon-alpha.el.md"
};
static const unsigned char text30[] = {
#embed "chapters/15-interferon-alpha.md"
};
static const unsigned char text31[] = {
#embed "chapters/16-chemotherapy.el.md"
};
static const unsigned char text32[] = {
#embed "chapters/16-chemotherapy.md"
};
static const unsigned char text33[] = {
#embed "chapters/17-ablation.el.md"
};
static const unsigned char text34[] = {
#embed "chapters/17-ablation.md"
};
static const unsigned char text35[] = {
#embed "chapters/18-mibg.el.md"
};
static const unsigned char text36[] = {
#embed "chapters/18-mibg.md"
};
static const unsigned char text37[] = {
#embed "chapters/19-peptide-receptor-radionuclides.el.md"
};
static const unsigned char text38[] = {
#embed "chapters/19-peptide-receptor-radionuclides.md"
};
static const unsigned char text39[] = {
#embed "chapters/20-embolisation.el.md"
};
static const unsigned char text40[] = {
#embed "chapters/20-embolisation.md"
};
static const unsigned char text41[] = {
#embed "chapters/21-radioembolisation.el.md"
};
static const unsigned char text42[] = {
#embed "chapters/21-radioembolisation.md"
};
static const unsigned char text43[] = {
#embed "chapters/22-external-radiotherapy.el.md"
};
static const unsigned char text44[] = {
#embed "chapters/22-external-radiotherapy.md"
};
static const unsigned char text45[] = {
#embed "chapters/23-targeted-drugs.el.md"
};
static const unsigned char text46[] = {
#embed "chapters/23-targeted-drugs.md"
};
static const unsigned char text47[] = {
#embed "vocabulary/cohort.txt"
};
static const unsigned char text48[] = {
#embed "vocabulary/course.txt"
};
static const unsigned char text49[] = {
#embed "vocabulary/derive.txt"
};
static const unsigned char text50[] = {
#embed "vocabulary/doses.txt"
};
static const unsigned char text51[] = {
#embed "vocabulary/findings.txt"
};
static const unsigned char text52[] = {
#embed "vocabulary/terms.txt"
};
static const unsigned char text53[] = {
#embed "vocabulary/tests.txt"
};
static const unsigned char text54[] = {
#embed "vocabulary/therapies.txt"
};
static const unsigned char text55[] = {
#embed "vocabulary/vocabulary.index"
};
static const unsigned char text56[] = {
#embed "vocabulary/words.txt"
};

static const islet_text texts[] = {
    {"chapters/01-surgery.el.md", text1, sizeof(text1)},
    {"chapters/01-surgery.md", text2, sizeof(text2)},
    {"chapters/02-liver-surgery.el.md", text3, sizeof(text3)},
    {"chapters/02-liver-surgery.md", text4, sizeof(text4)},
    {"chapters/03-liver-transplantation.el.md", text5, sizeof(text5)},
    {"chapters/03-liver-transplantation.md", text6, sizeof(text6)},
    {"chapters/04-symptomatic-treatment.el.md", text7, sizeof(text7)},
    {"chapters/04-symptomatic-treatment.md", text8, sizeof(text8)},
    {"chapters/05-somatostatin-analogues.el.md", text9, sizeof(text9)},
    {"chapters/05-somatostatin-analogues.md", text10, sizeof(text10)},
    {"chapters/06-vipoma.el.md", text11, sizeof(text11)},
    {"chapters/06-vipoma.md", text12, sizeof(text12)},
    {"chapters/07-glucagonoma.el.md", text13, sizeof(text13)},
    {"chapters/07-glucagonoma.md", text14, sizeof(text14)},
    {"chapters/08-gastrinoma.el.md", text15, sizeof(text15)},
    {"chapters/08-gastrinoma.md", text16, sizeof(text16)},
    {"chapters/09-insulinoma.el.md", text17, sizeof(text17)},
    {"chapters/09-insulinoma.md", text18, sizeof(text18)},
    {"chapters/10-other-syndromes.el.md", text19, sizeof(text19)},
    {"chapters/10-other-syndromes.md", text20, sizeof(text20)},
    {"chapters/11-antitumour-effect.el.md", text21, sizeof(text21)},
    {"chapters/11-antitumour-effect.md", text22, sizeof(text22)},
    {"chapters/12-new-analogues.el.md", text23, sizeof(text23)},
    {"chapters/12-new-analogues.md", text24, sizeof(text24)},
    {"chapters/13-proton-pump-inhibitors.el.md", text25, sizeof(text25)},
    {"chapters/13-proton-pump-inhibitors.md", text26, sizeof(text26)},
    {"chapters/14-other-drugs.el.md", text27, sizeof(text27)},
    {"chapters/14-other-drugs.md", text28, sizeof(text28)},
    {"chapters/15-interferon-alpha.el.md", text29, sizeof(text29)},
    {"chapters/15-interferon-alpha.md", text30, sizeof(text30)},
    {"chapters/16-chemotherapy.el.md", text31, sizeof(text31)},
    {"chapters/16-chemotherapy.md", text32, sizeof(text32)},
    {"chapters/17-ablation.el.md", text33, sizeof(text33)},
    {"chapters/17-ablation.md", text34, sizeof(text34)},
    {"chapters/18-mibg.el.md", text35, sizeof(text35)},
    {"chapters/18-mibg.md", text36, sizeof(text36)},
    {"chapters/19-peptide-receptor-radionuclides.el.md", text37, sizeof(text37)},
    {"chapters/19-peptide-receptor-radionuclides.md", text38, sizeof(text38)},
    {"chapters/20-embolisation.el.md", text39, sizeof(text39)},
    {"chapters/20-embolisation.md", text40, sizeof(text40)},
    {"chapters/21-radioembolisation.el.md", text41, sizeof(text41)},
    {"chapters/21-radioembolisation.md", text42, sizeof(text42)},
    {"chapters/22-external-radiotherapy.el.md", text43, sizeof(text43)},
    {"chapters/22-external-radiotherapy.md", text44, sizeof(text44)},
    {"chapters/23-targeted-drugs.el.md", text45, sizeof(text45)},
    {"chapters/23-targeted-drugs.md", text46, sizeof(text46)},
    {"vocabulary/cohort.txt", text47, sizeof(text47)},
    {"vocabulary/course.txt", text48, sizeof(text48)},
    {"vocabulary/derive.txt", text49, sizeof(text49)},
    {"vocabulary/doses.txt", text50, sizeof(text50)},
    {"vocabulary/findings.txt", text51, sizeof(text51)},
    {"vocabulary/terms.txt", text52, sizeof(text52)},
    {"vocabulary/tests.txt", text53, sizeof(text53)},
    {"vocabulary/therapies.txt", text54, sizeof(text54)},
    {"vocabulary/vocabulary.index", text55, sizeof(text55)},
    {"vocabulary/words.txt", text56, sizeof(text56)},
};

size_t islet_text_count(void) { return sizeof(texts) / sizeof(texts[0]); }

const islet_text *islet_text_at(size_t place) { return place < islet_text_count() ? &texts[place] : NULL; }
