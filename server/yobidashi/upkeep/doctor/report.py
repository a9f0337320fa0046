"""How the doctor's findings are told: under their headings, Japanese first, and what they come to."""

from yobidashi.upkeep.doctor.finding import Finding, Mark


class Report:
    """Prints findings under their headings, and remembers whether something is ill."""

    def __init__(self) -> None:
        self._heading = ""
        self.ill = 0

    def tell(self, heading: str, finding: Finding) -> None:
        """Print one finding."""
        if heading != self._heading:
            print(f"\n{heading}")
            self._heading = heading
        self.ill += finding.mark is Mark.ILL
        print(f"  {finding.mark} {finding.ja}\n    {finding.en}", flush=True)

    def end(self) -> int:
        """Print what it comes to, and give the exit status."""
        if self.ill:
            print(f"\n✗ {self.ill}か所を直してください。 To mend: {self.ill}.")
        else:
            print("\n✓ 問題は見つかりませんでした。 Nothing is ill.")
        return 1 if self.ill else 0
