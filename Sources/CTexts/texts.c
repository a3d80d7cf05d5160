// The data files, embedded in the program. `make texts` writes this file anew from the folders beside it, from Scripts and Notebook.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CTexts.h"

static const unsigned char text1[] = {
#embed "../../Notebook/tour.el.md"
};
static const unsigned char text2[] = {
#embed "../../Notebook/tour.md"
};
static const unsigned char text3[] = {
#embed "../../Scripts/ablation-limits.islet"
};
static const unsigned char text4[] = {
#embed "../../Scripts/carcinoid-before-embolisation.islet"
};
static const unsigned char text5[] = {
#embed "../../Scripts/carcinoid-crisis.islet"
};
static const unsigned char text6[] = {
#embed "../../Scripts/fasting-hypoglycaemia.islet"
};
static const unsigned char text7[] = {
#embed "../../Scripts/gastrinoma-men1.islet"
};
static const unsigned char text8[] = {
#embed "../../Scripts/gastrinoma-ppi.islet"
};
static const unsigned char text9[] = {
#embed "../../Scripts/glucagonoma-rash.islet"
};
static const unsigned char text10[] = {
#embed "../../Scripts/insulinoma-deep.islet"
};
static const unsigned char text11[] = {
#embed "../../Scripts/insulinoma-refractory.islet"
};
static const unsigned char text12[] = {
#embed "../../Scripts/letter-from-kalymnos.islet"
};
static const unsigned char text13[] = {
#embed "../../Scripts/liver-debulking.islet"
};
static const unsigned char text14[] = {
#embed "../../Scripts/men1-two-sentences.islet"
};
static const unsigned char text15[] = {
#embed "../../Scripts/mibg-marrow.islet"
};
static const unsigned char text16[] = {
#embed "../../Scripts/primary-in-the-liver.islet"
};
static const unsigned char text17[] = {
#embed "../../Scripts/progressive-pancreatic-net.islet"
};
static const unsigned char text18[] = {
#embed "../../Scripts/prrt-kidney.islet"
};
static const unsigned char text19[] = {
#embed "../../Scripts/small-bowel-diarrhoea.islet"
};
static const unsigned char text20[] = {
#embed "../../Scripts/small-incidentaloma.islet"
};
static const unsigned char text21[] = {
#embed "../../Scripts/stones-left-alone.islet"
};
static const unsigned char text22[] = {
#embed "../../Scripts/transplant-question.islet"
};
static const unsigned char text23[] = {
#embed "../../Scripts/two-pains.islet"
};
static const unsigned char text24[] = {
#embed "../../Scripts/two-years.islet"
};
static const unsigned char text25[] = {
#embed "../../Scripts/vipoma-crisis.islet"
};
static const unsigned char text26[] = {
#embed "chapters/01-surgery.el.md"
};
static const unsigned char text27[] = {
#embed "chapters/01-surgery.md"
};
static const unsigned char text28[] = {
#embed "chapters/02-liver-surgery.el.md"
};
static const unsigned char text29[] = {
#embed "chapters/02-liver-surgery.md"
};
static const unsigned char text30[] = {
#embed "chapters/03-liver-transplantation.el.md"
};
static const unsigned char text31[] = {
#embed "chapters/03-liver-transplantation.md"
};
static const unsigned char text32[] = {
#embed "chapters/04-symptomatic-treatment.el.md"
};
static const unsigned char text33[] = {
#embed "chapters/04-symptomatic-treatment.md"
};
static const unsigned char text34[] = {
#embed "chapters/05-somatostatin-analogues.el.md"
};
static const unsigned char text35[] = {
#embed "chapters/05-somatostatin-analogues.md"
};
static const unsigned char text36[] = {
#embed "chapters/06-vipoma.el.md"
};
static const unsigned char text37[] = {
#embed "chapters/06-vipoma.md"
};
static const unsigned char text38[] = {
#embed "chapters/07-glucagonoma.el.md"
};
static const unsigned char text39[] = {
#embed "chapters/07-glucagonoma.md"
};
static const unsigned char text40[] = {
#embed "chapters/08-gastrinoma.el.md"
};
static const unsigned char text41[] = {
#embed "chapters/08-gastrinoma.md"
};
static const unsigned char text42[] = {
#embed "chapters/09-insulinoma.el.md"
};
static const unsigned char text43[] = {
#embed "chapters/09-insulinoma.md"
};
static const unsigned char text44[] = {
#embed "chapters/10-other-syndromes.el.md"
};
static const unsigned char text45[] = {
#embed "chapters/10-other-syndromes.md"
};
static const unsigned char text46[] = {
#embed "chapters/11-antitumour-effect.el.md"
};
static const unsigned char text47[] = {
#embed "chapters/11-antitumour-effect.md"
};
static const unsigned char text48[] = {
#embed "chapters/12-new-analogues.el.md"
};
static const unsigned char text49[] = {
#embed "chapters/12-new-analogues.md"
};
static const unsigned char text50[] = {
#embed "chapters/13-proton-pump-inhibitors.el.md"
};
static const unsigned char text51[] = {
#embed "chapters/13-proton-pump-inhibitors.md"
};
static const unsigned char text52[] = {
#embed "chapters/14-other-drugs.el.md"
};
static const unsigned char text53[] = {
#embed "chapters/14-other-drugs.md"
};
static const unsigned char text54[] = {
#embed "chapters/15-interferon-alpha.el.md"
};
static const unsigned char text55[] = {
#embed "chapters/15-interferon-alpha.md"
};
static const unsigned char text56[] = {
#embed "chapters/16-chemotherapy.el.md"
};
static const unsigned char text57[] = {
#embed "chapters/16-chemotherapy.md"
};
static const unsigned char text58[] = {
#embed "chapters/17-ablation.el.md"
};
static const unsigned char text59[] = {
#embed "chapters/17-ablation.md"
};
static const unsigned char text60[] = {
#embed "chapters/18-mibg.el.md"
};
static const unsigned char text61[] = {
#embed "chapters/18-mibg.md"
};
static const unsigned char text62[] = {
#embed "chapters/19-peptide-receptor-radionuclides.el.md"
};
static const unsigned char text63[] = {
#embed "chapters/19-peptide-receptor-radionuclides.md"
};
static const unsigned char text64[] = {
#embed "chapters/20-embolisation.el.md"
};
static const unsigned char text65[] = {
#embed "chapters/20-embolisation.md"
};
static const unsigned char text66[] = {
#embed "chapters/21-radioembolisation.el.md"
};
static const unsigned char text67[] = {
#embed "chapters/21-radioembolisation.md"
};
static const unsigned char text68[] = {
#embed "chapters/22-external-radiotherapy.el.md"
};
static const unsigned char text69[] = {
#embed "chapters/22-external-radiotherapy.md"
};
static const unsigned char text70[] = {
#embed "chapters/23-targeted-drugs.el.md"
};
static const unsigned char text71[] = {
#embed "chapters/23-targeted-drugs.md"
};
static const unsigned char text72[] = {
#embed "vocabulary/cohort.txt"
};
static const unsigned char text73[] = {
#embed "vocabulary/common.txt"
};
static const unsigned char text74[] = {
#embed "vocabulary/course.txt"
};
static const unsigned char text75[] = {
#embed "vocabulary/derive.txt"
};
static const unsigned char text76[] = {
#embed "vocabulary/doses.txt"
};
static const unsigned char text77[] = {
#embed "vocabulary/findings.txt"
};
static const unsigned char text78[] = {
#embed "vocabulary/operations.txt"
};
static const unsigned char text79[] = {
#embed "vocabulary/outside.txt"
};
static const unsigned char text80[] = {
#embed "vocabulary/practice.txt"
};
static const unsigned char text81[] = {
#embed "vocabulary/questions.txt"
};
static const unsigned char text82[] = {
#embed "vocabulary/reading.txt"
};
static const unsigned char text83[] = {
#embed "vocabulary/terms.txt"
};
static const unsigned char text84[] = {
#embed "vocabulary/tests.txt"
};
static const unsigned char text85[] = {
#embed "vocabulary/therapies.txt"
};
static const unsigned char text86[] = {
#embed "vocabulary/words.txt"
};
_Alignas(8) static const unsigned char text87[] = {
#embed "guideline.table"
};

static const islet_text texts[] = {
    {"notebooks/tour.el.md", text1, sizeof(text1)},
    {"notebooks/tour.md", text2, sizeof(text2)},
    {"cases/ablation-limits.islet", text3, sizeof(text3)},
    {"cases/carcinoid-before-embolisation.islet", text4, sizeof(text4)},
    {"cases/carcinoid-crisis.islet", text5, sizeof(text5)},
    {"cases/fasting-hypoglycaemia.islet", text6, sizeof(text6)},
    {"cases/gastrinoma-men1.islet", text7, sizeof(text7)},
    {"cases/gastrinoma-ppi.islet", text8, sizeof(text8)},
    {"cases/glucagonoma-rash.islet", text9, sizeof(text9)},
    {"cases/insulinoma-deep.islet", text10, sizeof(text10)},
    {"cases/insulinoma-refractory.islet", text11, sizeof(text11)},
    {"cases/letter-from-kalymnos.islet", text12, sizeof(text12)},
    {"cases/liver-debulking.islet", text13, sizeof(text13)},
    {"cases/men1-two-sentences.islet", text14, sizeof(text14)},
    {"cases/mibg-marrow.islet", text15, sizeof(text15)},
    {"cases/primary-in-the-liver.islet", text16, sizeof(text16)},
    {"cases/progressive-pancreatic-net.islet", text17, sizeof(text17)},
    {"cases/prrt-kidney.islet", text18, sizeof(text18)},
    {"cases/small-bowel-diarrhoea.islet", text19, sizeof(text19)},
    {"cases/small-incidentaloma.islet", text20, sizeof(text20)},
    {"cases/stones-left-alone.islet", text21, sizeof(text21)},
    {"cases/transplant-question.islet", text22, sizeof(text22)},
    {"cases/two-pains.islet", text23, sizeof(text23)},
    {"cases/two-years.islet", text24, sizeof(text24)},
    {"cases/vipoma-crisis.islet", text25, sizeof(text25)},
    {"chapters/01-surgery.el.md", text26, sizeof(text26)},
    {"chapters/01-surgery.md", text27, sizeof(text27)},
    {"chapters/02-liver-surgery.el.md", text28, sizeof(text28)},
    {"chapters/02-liver-surgery.md", text29, sizeof(text29)},
    {"chapters/03-liver-transplantation.el.md", text30, sizeof(text30)},
    {"chapters/03-liver-transplantation.md", text31, sizeof(text31)},
    {"chapters/04-symptomatic-treatment.el.md", text32, sizeof(text32)},
    {"chapters/04-symptomatic-treatment.md", text33, sizeof(text33)},
    {"chapters/05-somatostatin-analogues.el.md", text34, sizeof(text34)},
    {"chapters/05-somatostatin-analogues.md", text35, sizeof(text35)},
    {"chapters/06-vipoma.el.md", text36, sizeof(text36)},
    {"chapters/06-vipoma.md", text37, sizeof(text37)},
    {"chapters/07-glucagonoma.el.md", text38, sizeof(text38)},
    {"chapters/07-glucagonoma.md", text39, sizeof(text39)},
    {"chapters/08-gastrinoma.el.md", text40, sizeof(text40)},
    {"chapters/08-gastrinoma.md", text41, sizeof(text41)},
    {"chapters/09-insulinoma.el.md", text42, sizeof(text42)},
    {"chapters/09-insulinoma.md", text43, sizeof(text43)},
    {"chapters/10-other-syndromes.el.md", text44, sizeof(text44)},
    {"chapters/10-other-syndromes.md", text45, sizeof(text45)},
    {"chapters/11-antitumour-effect.el.md", text46, sizeof(text46)},
    {"chapters/11-antitumour-effect.md", text47, sizeof(text47)},
    {"chapters/12-new-analogues.el.md", text48, sizeof(text48)},
    {"chapters/12-new-analogues.md", text49, sizeof(text49)},
    {"chapters/13-proton-pump-inhibitors.el.md", text50, sizeof(text50)},
    {"chapters/13-proton-pump-inhibitors.md", text51, sizeof(text51)},
    {"chapters/14-other-drugs.el.md", text52, sizeof(text52)},
    {"chapters/14-other-drugs.md", text53, sizeof(text53)},
    {"chapters/15-interferon-alpha.el.md", text54, sizeof(text54)},
    {"chapters/15-interferon-alpha.md", text55, sizeof(text55)},
    {"chapters/16-chemotherapy.el.md", text56, sizeof(text56)},
    {"chapters/16-chemotherapy.md", text57, sizeof(text57)},
    {"chapters/17-ablation.el.md", text58, sizeof(text58)},
    {"chapters/17-ablation.md", text59, sizeof(text59)},
    {"chapters/18-mibg.el.md", text60, sizeof(text60)},
    {"chapters/18-mibg.md", text61, sizeof(text61)},
    {"chapters/19-peptide-receptor-radionuclides.el.md", text62, sizeof(text62)},
    {"chapters/19-peptide-receptor-radionuclides.md", text63, sizeof(text63)},
    {"chapters/20-embolisation.el.md", text64, sizeof(text64)},
    {"chapters/20-embolisation.md", text65, sizeof(text65)},
    {"chapters/21-radioembolisation.el.md", text66, sizeof(text66)},
    {"chapters/21-radioembolisation.md", text67, sizeof(text67)},
    {"chapters/22-external-radiotherapy.el.md", text68, sizeof(text68)},
    {"chapters/22-external-radiotherapy.md", text69, sizeof(text69)},
    {"chapters/23-targeted-drugs.el.md", text70, sizeof(text70)},
    {"chapters/23-targeted-drugs.md", text71, sizeof(text71)},
    {"vocabulary/cohort.txt", text72, sizeof(text72)},
    {"vocabulary/common.txt", text73, sizeof(text73)},
    {"vocabulary/course.txt", text74, sizeof(text74)},
    {"vocabulary/derive.txt", text75, sizeof(text75)},
    {"vocabulary/doses.txt", text76, sizeof(text76)},
    {"vocabulary/findings.txt", text77, sizeof(text77)},
    {"vocabulary/operations.txt", text78, sizeof(text78)},
    {"vocabulary/outside.txt", text79, sizeof(text79)},
    {"vocabulary/practice.txt", text80, sizeof(text80)},
    {"vocabulary/questions.txt", text81, sizeof(text81)},
    {"vocabulary/reading.txt", text82, sizeof(text82)},
    {"vocabulary/terms.txt", text83, sizeof(text83)},
    {"vocabulary/tests.txt", text84, sizeof(text84)},
    {"vocabulary/therapies.txt", text85, sizeof(text85)},
    {"vocabulary/words.txt", text86, sizeof(text86)},
    {"guideline.table", text87, sizeof(text87)},
};

size_t islet_text_count(void) { return sizeof(texts) / sizeof(texts[0]); }

const islet_text *islet_text_at(size_t place) { return place < islet_text_count() ? &texts[place] : NULL; }
