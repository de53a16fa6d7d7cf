"""How Hypothesis looks for counter-examples.

The suite tries the same examples each time, so that it says the same of the same code.
``--hypothesis-profile=explore`` tries others, and more of them.
"""

from hypothesis import settings

settings.register_profile("suite", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile("suite")
