from assessment.admin import access as access
from assessment.admin import people as people
from assessment.admin import results as results
