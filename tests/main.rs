mod questionnaire;
