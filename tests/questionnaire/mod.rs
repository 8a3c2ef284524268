//! What is asked: the questionnaire of 2017, and questionnaires made for a test.
