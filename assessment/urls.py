from django.urls import path

from assessment.views import answers, assessments, glossary, home, people, questionnaire, results, workbook

urlpatterns = [
    path("", home.home, name="home"),
    path("start/", home.start, name="start"),
    path("account/", people.account, name="account"),
    path("account/delete/", people.account_delete, name="account_delete"),
    path("companies/new/", people.company_create, name="company_create"),
    path("companies/<uuid:pk>/", people.company, name="company"),
    path("companies/<uuid:pk>/edit/", people.company_edit, name="company_edit"),
    path("companies/<uuid:company>/members/<int:pk>/", people.member_edit, name="member_edit"),
    path("companies/<uuid:company>/members/<int:pk>/remove/", people.member_remove, name="member_remove"),
    path("companies/<uuid:company_pk>/assessments/", assessments.assessments, name="assessments"),
    path("companies/<uuid:company_pk>/assessments/start/", assessments.assessment_start, name="assessment_start"),
    path("assessments/<uuid:pk>/", assessments.overview, name="assessment"),
    path("assessments/<uuid:pk>/dimensions/<str:code>/", answers.dimension, name="assessment_dimension"),
    path("assessments/<uuid:pk>/answers/<str:code>/", answers.answer, name="assessment_answer"),
    path("assessments/<uuid:pk>/progress/", answers.progress, name="assessment_progress"),
    path("assessments/<uuid:pk>/full/", answers.full_path, name="assessment_full"),
    path("assessments/<uuid:pk>/first-result/", assessments.first_result_page, name="assessment_first_result"),
    path("assessments/<uuid:pk>/review/", assessments.review_page, name="assessment_review"),
    path("assessments/<uuid:pk>/submit/", assessments.submission, name="assessment_submit"),
    path("assessments/<uuid:pk>/results/<int:number>/", results.result, name="result"),
    path("assessments/<uuid:pk>/results/<int:number>/proof.json", results.proof, name="result_proof"),
    path("assessments/<uuid:pk>/workbook/", workbook.assessment_workbook, name="assessment_workbook"),
    path("assessments/<uuid:pk>/workbook.xlsx", workbook.assessment_workbook_file, name="assessment_workbook_file"),
    path("questionnaire/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaire.pdf", questionnaire.questionnaire_pdf, name="questionnaire_pdf"),
    path("questionnaire.xlsx", questionnaire.questionnaire_xlsx, name="questionnaire_xlsx"),
    path("questionnaire/dimensions/<str:code>/", questionnaire.questionnaire_dimension, name="questionnaire_dimension"),
    path("glossary/", glossary.glossary, name="glossary"),
]
