"""`make chaos`"""

import sys

from tests.chaos.siege import main

sys.exit(main())
