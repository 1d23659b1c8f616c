"""The table that ./test.sh --bench prints."""
import statistics

OURS = "Millrace"


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, unit, figures, better="more", bar=None):
        """`figures` are the interleaved runs of Millrace and of its peer, if there is one; the ratio is the median of the
        pairs."""
        ours, peer = figures[OURS], next((runs for name, runs in figures.items() if name != OURS), None)
        ratio = None
        if peer:
            pairs = [(a / b if better == "more" else b / a) for a, b in zip(ours, peer) if a and b]
            ratio = statistics.median(pairs) if pairs else None
        row = (what, unit, statistics.median(ours), statistics.median(peer) if peer else None, ratio, bar)
        self.rows.append(row)
        print(self.line(row), flush=True)

    @staticmethod
    def number(value):
        if value is None:
            return "–"
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

    def line(self, row):
        what, unit, ours, peer, ratio, bar = row
        return f"| {what} | {unit} | {self.number(ours)} | {self.number(peer)} | {'–' if ratio is None else f'{ratio:.2f}x better'} | {bar or '–'} |"

    HEAD = "| What | Unit | Millrace | Peer | Ratio (median of pairs) | Bar |\n|---|---|---:|---:|---:|---|"
