"""The few pieces a Word body is drawn from: runs, paragraphs, tables, and docxtpl's tags around them."""

from __future__ import annotations

from house_style import NAVY


def text(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def run(words: str, char: str = "") -> str:
    """Return a run; `words` may hold docxtpl tags and XML entities."""
    properties = f'<w:rPr><w:rStyle w:val="{char}"/></w:rPr>' if char else ""
    return f"<w:r>{properties}{text(words)}</w:r>"


def tab() -> str:
    return "<w:r><w:tab/></w:r>"


def par(style: str, *runs: str, extra: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def tag(code: str) -> str:
    """Return a paragraph that holds only a block tag; docxtpl takes the whole paragraph away."""
    return par("MOUPlain", run("{%p " + code + " %}"))


def each(names: str, body: str) -> str:
    return tag(f"for {names}") + body + tag("endfor")


def when(condition: str, body: str, otherwise: str = "") -> str:
    return tag(f"if {condition}") + body + (tag("else") + otherwise if otherwise else "") + tag("endif")


def rtag(code: str) -> str:
    return run("{%r " + code + " %}")


def runs(name: str) -> str:
    """Return the loop that prints a list of runs: words, defined terms, references, blanks, items to confirm."""
    return (rtag(f"for run in {name}")
            + rtag("if run.kind == 'term'") + run("\u201c") + run("{{ run.text }}", "MOUTerm") + run("\u201d")
            + rtag("elif run.kind == 'reference'") + run("{{ run.slot }}", "MOUReference")
            + rtag("elif run.kind == 'blank'") + run("{{ run.text }}", "MOUBlank")
            + rtag("elif run.kind == 'confirm'") + run("{{ run.text }}", "MOUConfirm")
            + rtag("else") + run("{{ run.text }}") + rtag("endif") + rtag("endfor"))


def number_of(name: str) -> str:
    """Return a link that shows only the number of a slot's section, for tables."""
    return run("{{ " + name + " }}", "MOUNumber")


def anchor(name: str) -> str:
    """Return the mark that makes its paragraph the target of links to a slot."""
    return run("{{ " + name + " }}", "MOUAnchor")


def table(widths: list[int], head: list[str], loop: str, cells: list[str], *, after: str = "") -> str:
    """Return a table with a repeating header row and one row for each entry of `loop`."""
    return (table_start(widths) + header_row(widths, head)
            + row_tag(widths, f"for {loop}") + row(widths, cells) + row_tag(widths, "endfor") + after + "</w:tbl>")


def table_start(widths: list[int], style: str = "MOUTable") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>')


def cell(width: int, body: str, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{body}</w:tc>'


def header_row(widths: list[int], head: list[str]) -> str:
    cells = "".join(cell(width, par("MOUTableHead", run(words)), NAVY) for width, words in zip(widths, head, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def row(widths: list[int], bodies: list[str]) -> str:
    cells = "".join(cell(width, body if body.startswith("<w:p>") else par("MOUTableText", body))
                    for width, body in zip(widths, bodies, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def row_tag(widths: list[int], code: str) -> str:
    cells = cell(widths[0], par("MOUTableText", run("{%tr " + code + " %}")))
    cells += "".join(cell(width, par("MOUTableText")) for width in widths[1:])
    return f"<w:tr>{cells}</w:tr>"


def section(kind: str, *, first: bool = False) -> str:
    headers = ('<w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId12"/>'
               '<w:footerReference w:type="default" r:id="rId11"/><w:footerReference w:type="first" r:id="rId13"/>')
    return (f'<w:sectPr>{headers}<w:type w:val="{kind}"/><w:pgSz w:w="12240" w:h="15840"/>'
            '<w:pgMar w:top="1300" w:right="1300" w:bottom="1200" w:left="1300" w:header="620" w:footer="560" w:gutter="0"/>'
            f'<w:cols w:space="720"/>{"<w:titlePg/>" if first else ""}</w:sectPr>')
