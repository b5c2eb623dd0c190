import sys

from openxml_audit import OpenXmlValidator

for f in sys.argv[1:]:
    r = OpenXmlValidator().validate(f)
    print(f, r.is_valid, list(r.errors)[:5])
