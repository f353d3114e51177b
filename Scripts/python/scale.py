"""How the time of an audit grows with the size of a module: the part '--scale' of Scripts/bench.

Synthetic modules of several sizes are audited and checked by clang, all sizes and both programs in
turn within each round, so that what else happens on the machine meets all. A table of ratios comes
of it; nothing fails, for a machine that is busy must not fail a build. Times are the least of the
rounds: what the machine does besides only adds to them, and growth is what is asked here.
"""

import statistics
import sys
from pathlib import Path

import bench
import synthetic

SIZES = [2000, 4000, 8000]
MARKERS = ("<!-- scale:begin -->", "<!-- scale:end -->")


def measure(arguments, scratch):
    """The numbers of each size, with what writes them as a table and the place of that table."""
    features = [name for name in synthetic.FEATURES if name not in arguments.without]
    unknown = set(arguments.without) - set(synthetic.FEATURES)
    if unknown:
        raise bench.Failure(
            f"--without: there is no '{min(unknown)}'; there are {', '.join(synthetic.FEATURES)}.")
    modules = []
    for size in sorted(arguments.sizes or SIZES):
        folder = Path(scratch) / f"synthetic-{size}"
        try:
            lines = synthetic.write(folder, size, features)
        except ValueError as error:
            raise bench.Failure(f"--sizes: {error}.") from error
        audit, check, commands, clang = bench.sides(folder, arguments, scratch)
        rejected = bench.failing_units(clang, commands, folder)
        if rejected:
            raise bench.Failure(f"clang rejects {rejected} of {len(commands)} units of {size} functions.")
        modules.append((size, lines, len(commands), audit, check, []))
    for number in range(-1, arguments.rounds):
        print(f"bench: round {number + 1} of {arguments.rounds}", file=sys.stderr)
        for _, _, _, audit, check, pairs in modules:
            pair = (audit.seconds(), check.seconds())
            if number >= 0:  # the first one is to warm up
                pairs.append(pair)
    rows = []
    for size, lines, units, audit, check, pairs in modules:
        rows.append({
            "functions": size, "lines": lines, "units": units,
            "ftauditSeconds": min(one for one, _ in pairs),
            "ftauditSecondsMedian": statistics.median(one for one, _ in pairs),
            "clangSeconds": min(other for _, other in pairs),
            "clangSecondsMedian": statistics.median(other for _, other in pairs),
            "ratio": min(one for one, _ in pairs) / min(other for _, other in pairs),
            "ftauditPeakBytes": audit.peak_memory(),
            "clangPeakBytes": check.peak_memory(),
        })
    measured = {"clangVersion": bench.clang_version(clang), "without": sorted(arguments.without), "sizes": rows}
    return measured, markdown, MARKERS


def markdown(result):
    """The table, with the factor from one size to the next behind times and memory."""
    lines = [
        "| functions | lines | ftaudit | clang | ratio | ftaudit per 1,000 functions | clang per 1,000 | memory: ftaudit | clang |",
        "| --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    before = None
    for row in result["sizes"]:
        def growth(key):
            return f" (×{row[key] / before[key]:.2f})" if before else ""

        thousands = row["functions"] / 1000
        lines.append(
            "| {functions:,} | {lines:,} | {ftauditSeconds:.2f} s{0} | {clangSeconds:.2f} s{1} | {ratio:.2f} "
            "| **{2:.3f} s** | {3:.3f} s | {4:.0f} MiB{5} | {6:.0f} MiB{7} |".format(
                growth("ftauditSeconds"), growth("clangSeconds"), row["ftauditSeconds"] / thousands,
                row["clangSeconds"] / thousands, row["ftauditPeakBytes"] / 2**20, growth("ftauditPeakBytes"),
                row["clangPeakBytes"] / 2**20, growth("clangPeakBytes"), **row))
        before = row
    first, last = result["sizes"][0], result["sizes"][-1]
    lines.append("")
    if before is not first:
        factor = (last["ftauditSeconds"] / last["functions"]) / (first["ftauditSeconds"] / first["functions"])
        lines.append(
            f"A function of the largest module takes {factor:.2f} times as long as one of the smallest; 1 is linear.")
    lines.append(
        f"Measured by `Scripts/bench --scale` on {result['cores']} cores: `--jobs {result['jobs']}`, clang "
        f"{result['clangVersion']}, the least of {result['rounds']} interleaved rounds after one to warm up, "
        f"{'empty' if result['cold'] else 'warm'} cache of precompiled headers.")
    if result["without"]:
        lines.append("The modules were made without: " + ", ".join(result["without"]) + ".")
    return "\n".join(lines) + "\n"
