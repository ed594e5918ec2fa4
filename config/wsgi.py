import os

from django.core.wsgi import get_wsgi_application

import marks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
marks.of_path("/")  # half a second of loading every address, which the server's loop would spend at the first POST
