from assessment.admin import access as access
from assessment.admin import campaigns as campaigns
from assessment.admin import people as people
from assessment.admin import questionnaire as questionnaire
from assessment.admin import reopenings as reopenings
from assessment.admin import results as results
from assessment.admin import usecases as usecases
from assessment.admin import versions as versions
