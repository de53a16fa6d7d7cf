"""Rates by half-year, and who is asked for late-payment penalties.

The rates that ship: those of the ECB from its announcements (main refinancing
operations, as they stood on 1 January and 1 July), the legal ones from the decrees of
each half-year. They are the user's from then on: any of them may be typed again.
"""

_CHANGES = """
CREATE TABLE published_rates (
    kind TEXT NOT NULL CHECK (kind IN ('ecb', 'legal')),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    half INTEGER NOT NULL CHECK (half IN (1, 2)),
    rate TEXT NOT NULL,
    typed_on DAY,
    PRIMARY KEY (kind, year, half)
) STRICT, WITHOUT ROWID;

ALTER TABLE customers ADD COLUMN penalties TEXT NOT NULL DEFAULT 'as_step';
ALTER TABLE entities ADD COLUMN rate_follows_half_years FLAG DEFAULT 1;
ALTER TABLE entities ADD COLUMN structured_reference FLAG DEFAULT 0;
ALTER TABLE steps ADD COLUMN claims_penalties FLAG DEFAULT 0
"""

# Year: rate of its first half, of its second.
_ECB = {
    2015: ("0.05", "0.05"),
    2016: ("0.05", "0.00"),
    2017: ("0.00", "0.00"),
    2018: ("0.00", "0.00"),
    2019: ("0.00", "0.00"),
    2020: ("0.00", "0.00"),
    2021: ("0.00", "0.00"),
    2022: ("0.00", "0.00"),
    2023: ("2.50", "4.00"),
    2024: ("4.50", "4.25"),
    2025: ("3.15", "2.15"),
    2026: ("2.15",),
}
_LEGAL = {
    2015: ("0.93", "0.99"),
    2016: ("1.01", "0.93"),
    2017: ("0.90", "0.90"),
    2018: ("0.89", "0.88"),
    2019: ("0.86", "0.87"),
    2020: ("0.87", "0.84"),
    2021: ("0.79", "0.76"),
    2022: ("0.76", "0.77"),
    2023: ("2.06", "4.22"),
    2024: ("5.07", "4.92"),
    2025: ("3.71", "2.76"),
    2026: ("2.62",),
}
_ROWS = ", ".join(
    f"('{kind}', {year}, {half}, '{rate}', NULL)"
    for kind, table in (("ecb", _ECB), ("legal", _LEGAL))
    for year, rates in table.items()
    for half, rate in enumerate(rates, start=1)
)

CHANGES = f"{_CHANGES}; INSERT INTO published_rates VALUES {_ROWS}"
