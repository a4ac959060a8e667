"""Writes the review files of the tests: a RevMan 5 file and a data package, with invented data.

The stored results are computed here, by formulas written down independently of the program (Deeks and Higgins 2010; for
REML and Hartung-Knapp by scipy's optimiser and t quantile). Rerun: python3 review-files.py; the output is deterministic.
"""
import io, math, os, zipfile
import numpy as np
from scipy import optimize, stats

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "ReviewFilesTests", "Fixtures")
Z = stats.norm.ppf(0.975)


def corrected(a, b, c, d):
    return [x + 0.5 for x in (a, b, c, d)] if 0 in (a, b, c, d) else [a, b, c, d]


def effect(measure, row):
    """(yi, vi), or None when it is not estimable."""
    if measure in ("OR", "RR", "RD", "PETO_OR"):
        e1, n1, e2, n2 = row
        raw = (e1, n1 - e1, e2, n2 - e2)
        a, b, c, d = corrected(*raw)
        if measure == "RD":
            return e1 / n1 - e2 / n2, a * b / (a + b) ** 3 + c * d / (c + d) ** 3
        if measure == "PETO_OR":
            n, m = n1 + n2, e1 + e2
            v = n1 * n2 * m * (n - m) / (n * n * (n - 1))
            return None if v == 0 else ((e1 - n1 * m / n) / v, 1 / v)
        if e1 + e2 == 0 or e1 + e2 == n1 + n2:
            return None
        if measure == "OR":
            return math.log(a * d / b / c), 1 / a + 1 / b + 1 / c + 1 / d
        return math.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    if measure in ("MD", "SMD"):
        m1, s1, n1, m2, s2, n2 = row
        if measure == "MD":
            return m1 - m2, s1**2 / n1 + s2**2 / n2
        n = n1 + n2
        sp = math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n - 2))
        g = (m1 - m2) / sp * (1 - 3 / (4 * n - 9))
        return g, n / (n1 * n2) + g * g / (2 * (n - 3.94))
    if measure == "O-E":
        return row[0] / row[1], 1 / row[1]
    return row[0], row[1] ** 2  # an estimate with its standard error


def mantel_haenszel(measure, rows):
    """(estimate, se, weights) from the corrected cells."""
    num = den = p = q1 = q2 = q3 = jj = kk = 0.0
    weights = []
    for e1, n1, e2, n2 in rows:
        a, b, c, d = corrected(e1, n1 - e1, e2, n2 - e2)
        N, N1, N2 = a + b + c + d, a + b, c + d
        if measure == "OR":
            r, s, pp, qq = a * d / N, b * c / N, (a + d) / N, (b + c) / N
            num, den = num + r, den + s
            q1, q2, q3 = q1 + pp * r, q2 + pp * s + qq * r, q3 + qq * s
            weights.append(s)
        elif measure == "RR":
            num, den = num + a * N2 / N, den + c * N1 / N
            p += (N1 * N2 * (a + c) - a * c * N) / N**2
            weights.append(c * N1 / N)
        else:  # RD: counts as they are for the estimate
            w = n1 * n2 / (n1 + n2)
            num, den = num + (e1 * n2 - e2 * n1) / (n1 + n2), den + w
            jj += (a * b * N2**3 + c * d * N1**3) / (N1 * N2 * N**2)
            kk += N1 * N2 / N
            weights.append(w)
    if measure == "OR":
        return math.log(num / den), math.sqrt(q1 / (2 * num**2) + q2 / (2 * num * den) + q3 / (2 * den**2)), weights
    if measure == "RR":
        return math.log(num / den), math.sqrt(p / (num * den)), weights
    return num / den, math.sqrt(jj) / kk, weights


def reml(y, v):
    """The root of the score of the restricted likelihood; 0 when the score is negative there."""
    def score(t):
        w = 1 / (v + t)
        mu = (w * y).sum() / w.sum()
        return (w**2 * (y - mu) ** 2).sum() - w.sum() + (w**2).sum() / w.sum()
    return 0.0 if score(0) <= 0 else optimize.brentq(score, 0, 100 * np.var(y), xtol=1e-15, rtol=1e-15)


def pool(measure, method, rows, random=False, estimator=None, hksj=False, prediction=False):
    effects = [effect(measure, r) for r in rows]
    used = [i for i, e in enumerate(effects) if e is not None]
    if not used:
        return None
    y = np.array([effects[i][0] for i in used])
    v = np.array([effects[i][1] for i in used])
    k, w = len(y), 1 / v
    kept = [rows[i] for i in used]
    center = (w * y).sum() / w.sum()
    if method == "MH":
        center, mh_se, mh_w = mantel_haenszel(measure, kept)
    q = (w * (y - center) ** 2).sum()
    tau2 = None
    if random:
        c = w.sum() - (w**2).sum() / w.sum()
        tau2 = max(0.0, (q - (k - 1)) / c) if k > 1 else 0.0
        if estimator == "REML":
            tau2 = reml(y, v)
            center = (w * y).sum() / w.sum()
            q = (w * (y - center) ** 2).sum()
        ws = 1 / (v + tau2)
        est, se, weights = (ws * y).sum() / ws.sum(), 1 / math.sqrt(ws.sum()), ws
        if hksj and k > 1:
            se = math.sqrt((ws * (y - est) ** 2).sum() / (k - 1) / ws.sum())
    elif method == "MH":
        est, se, weights = center, mh_se, np.array(mh_w)
    else:
        est, se, weights = center, 1 / math.sqrt(w.sum()), w
    t = random and hksj and k > 1
    crit = stats.t.ppf(0.975, k - 1) if t else Z
    stat = abs(est / se)
    out = dict(est=est, se=se, lo=est - crit * se, hi=est + crit * se, k=k, z=stat,
               p=2 * (stats.t.sf(stat, k - 1) if t else stats.norm.sf(stat)), tau2=tau2, q=q, df=k - 1,
               pq=stats.chi2.sf(q, k - 1) if k > 1 else 1.0, i2=max(0.0, 100 * (q - (k - 1)) / q) if k > 1 else 0.0,
               weights=[0.0] * len(rows))
    if estimator and random and k > 1:
        typical = (k - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum())
        out["i2"] = 100 * tau2 / (tau2 + typical)
    if prediction:
        half = (stats.t.ppf(0.975, k - 1) if hksj else Z) * math.sqrt(tau2 + se**2)
        out["pi"] = (est - half, est + half)
    for i, x in zip(used, weights):
        out["weights"][i] = 100 * x / sum(weights)
    return out


def between(results):
    w = np.array([1 / r["se"] ** 2 for r in results])
    y = np.array([r["est"] for r in results])
    q = (w * (y - (w * y).sum() / w.sum()) ** 2).sum()
    df = len(results) - 1
    return q, df, stats.chi2.sf(q, df), max(0.0, 100 * (q - df) / q)


def attrs(**values):
    return " ".join(f'{k}="{v if isinstance(v, str) else repr(float(v)) if isinstance(v, float) else v}"' for k, v in values.items())


def show(measure, x, log):
    return math.exp(x) if log else x


def stored(r, log, random, weight):
    if r is None:
        return dict(CHI2="0.0", CI_END="0.0", CI_START="0.0", DF="0", EFFECT_SIZE="0.0", ESTIMABLE="NO", I2="0.0", P_CHI2="0.0",
                    P_Z="0.0", TAU2="0.0", Z="0.0", WEIGHT="0.0")
    e = (lambda x: math.exp(x)) if log else (lambda x: x)
    return dict(CHI2=r["q"] if r["k"] > 1 else "0.0", CI_END=float(e(r["hi"])), CI_START=float(e(r["lo"])), DF=r["df"],
                EFFECT_SIZE=float(e(r["est"])), ESTIMABLE="YES", I2=r["i2"], P_CHI2=float(r["pq"]), P_Z=float(r["p"]),
                TAU2=float(r["tau2"] if random else 0.0), Z=float(r["z"]), WEIGHT=float(weight))


STUDIES = ["Alder 1990", "Birch 1994", "Cedar 1999", "Dogwood & Elm 2003", "Fir 2007", "Göring 2011", "Hazel-2 2015"]
COUNTS = [[4, 40, 9, 42], [0, 25, 3, 24], [11, 60, 15, 58], [0, 18, 0, 20], [7, 31, 6, 30], [22, 120, 35, 118], [2, 50, 8, 49]]
MEANS = [[12.1, 4.2, 20, 14.6, 4.9, 21], [10.4, 3.8, 33, 11.2, 3.5, 30], [15.0, 6.1, 15, 19.3, 5.7, 16], [9.9, 2.75, 48, 10.1, 2.9, 50]]
GIVEN = [[-0.31, 0.14], [-0.12, 0.22], [-0.45, 0.19], [0.05, 0.25]]
LOGRANK = [[-4.2, 9.1], [-1.8, 6.4], [-6.0, 14.7]]
CELLS = {
    "DICH": ("EVENTS_1", "TOTAL_1", "EVENTS_2", "TOTAL_2"), "CONT": ("MEAN_1", "SD_1", "TOTAL_1", "MEAN_2", "SD_2", "TOTAL_2"),
    "IV": ("ESTIMATE", "SE"), "IPD": ("O_E", "VAR"),
}


def outcome(no, name, tag, method, measure, rows, groups=None, random=False, swap=False, totals="YES", spoil=None, extra=""):
    log = measure in ("OR", "RR", "PETO_OR", "HAZARD_RATIO", "CUSTOM")
    code = {"HAZARD_RATIO": "IV", "CUSTOM": "IV"}.get(measure, "O-E" if tag == "IPD" else measure)
    data = [[r[1] - r[0], r[1], r[3] - r[2], r[3]] for r in rows] if swap else rows
    how = "IV" if tag in ("CONT", "IV", "IPD") else method
    all_ = pool(code, how, data, random)
    values = stored(all_, log, random, 100.0 if all_ else 0.0)
    parts = [pool(code, how, [data[i] for i in g[1]], random) for g in groups or []]
    if groups and all(parts):
        q, df, p, i2 = between(parts)
        values.update(Q=float(q), P_Q=float(p), I2_Q=float(i2))
    if tag == "DICH":
        values.update(EVENTS_1=sum(r[0] for r in rows), EVENTS_2=sum(r[2] for r in rows), TOTAL_1=sum(r[1] for r in rows), TOTAL_2=sum(r[3] for r in rows))
    values.update(spoil or {})
    if totals != "YES":
        values = stored(None, log, random, 0.0)
    settings = dict(CI_STUDY="95", CI_TOTAL="95", EFFECT_MEASURE=measure, RANDOM="YES" if random else "NO", TOTALS=totals,
                    SUBGROUPS="YES" if groups else "NO", SUBGROUP_TEST="YES", SWAP_EVENTS="YES" if swap else "NO",
                    ID=f"CMP-001.{no:02d}", NO=no, STUDIES=len(rows))
    if tag in ("DICH", "IPD"):
        settings["METHOD"] = method
    out = [f"<{tag}_OUTCOME {attrs(**settings)} {attrs(**values)}{extra}>", f"<NAME>{name}</NAME>",
           "<GROUP_LABEL_1>Treatment</GROUP_LABEL_1>", "<GROUP_LABEL_2>Control</GROUP_LABEL_2>"]

    def study(i, weight):
        e = effect(code, data[i])
        cells = attrs(**{c: str(x) for c, x in zip(CELLS[tag], rows[i])})
        if e is None:
            res = dict(EFFECT_SIZE="0.0", CI_START="0.0", CI_END="0.0", ESTIMABLE="NO", WEIGHT="0.0")
        else:
            s = math.sqrt(e[1])
            f = math.exp if log else (lambda x: x)
            res = dict(EFFECT_SIZE=float(f(e[0])), CI_START=float(f(e[0] - Z * s)), CI_END=float(f(e[0] + Z * s)), ESTIMABLE="YES",
                       WEIGHT=float(weight if totals == "YES" else 0.0))
        return f'<{tag}_DATA {cells} {attrs(**res)} ORDER="{i + 1}" STUDY_ID="{IDS[i]}"/>'

    if groups:
        for j, (gname, members) in enumerate(groups):
            r = parts[j]
            w = sum(all_["weights"][i] for i in members) if all_ else 0.0
            out.append(f'<{tag}_SUBGROUP NO="{j + 1}" ID="CMP-001.{no:02d}.{j + 1:02d}" {attrs(**stored(r, log, random, w))}>')
            out.append(f"<NAME>{gname}</NAME>")
            out += [study(i, all_["weights"][i] if all_ else 0.0) for i in members]
            out.append(f"</{tag}_SUBGROUP>")
    else:
        out += [study(i, all_["weights"][i] if all_ else 0.0) for i in range(len(rows))]
    out.append(f"</{tag}_OUTCOME>")
    return "\n".join(out)


def identifier(name):
    return "STD-" + "".join(ch if ch.isalnum() and ch.isascii() else f"_x{ord(ch):04x}_" if ch != " " else "-" for ch in name)


IDS = [identifier(s) for s in STUDIES]


def revman5():
    escape = lambda s: s.replace("&", "&amp;")
    groups7 = [("Short &lt; 6 months", [0, 1, 2, 3]), ("Long", [4, 5, 6])]
    body = "\n".join([
        outcome(1, "Relapse", "DICH", "MH", "RR", COUNTS, groups7),
        outcome(2, "Relapse, random effects", "DICH", "MH", "OR", COUNTS, groups7, random=True),
        outcome(3, "Relapse, risk difference", "DICH", "MH", "RD", COUNTS),
        outcome(4, "Relapse, Peto", "DICH", "PETO", "PETO_OR", COUNTS),
        outcome(5, "Remission", "DICH", "IV", "RR", COUNTS, swap=True),
        outcome(6, "Symptoms", "CONT", "IV", "MD", MEANS, [("Adults", [0, 1]), ("Children", [2, 3])]),
        outcome(7, "Symptoms, standardised", "CONT", "IV", "SMD", MEANS, random=True),
        outcome(8, "Survival", "IV", "IV", "HAZARD_RATIO", GIVEN, random=True),
        outcome(9, "Time to event", "IPD", "EXP_O_E_VAR", "PETO_OR", LOGRANK),
        outcome(10, "No events", "DICH", "MH", "RR", [[0, 10, 0, 11], [0, 20, 0, 19]]),
        outcome(11, "Subtotals only", "DICH", "MH", "OR", COUNTS, groups7, totals="SUB"),
        outcome(12, "A wrong number", "CONT", "IV", "MD", MEANS, spoil=dict(EFFECT_SIZE="-1.25")),
        # Odds ratios in an analysis that says risk ratio: the search for another analysis has to find them.
        outcome(13, "Named otherwise", "DICH", "MH", "RR", COUNTS,
                spoil=stored(pool("OR", "MH", COUNTS), True, False, 100.0)),
        outcome(14, "A custom ratio", "IV", "IV", "CUSTOM", GIVEN),
        '<OTHER_OUTCOME ID="CMP-001.15" NO="15"><NAME>What people said</NAME><OTHER_DATA STUDY_ID="' + IDS[0] + '"/></OTHER_OUTCOME>',
        outcome(16, "An unknown method", "DICH", "MH", "OR", COUNTS).replace('METHOD="MH"', 'METHOD="BAYES"'),
    ])
    studies = "\n".join(f'<STUDY ID="{i}" NAME="{escape(s)}" YEAR="{s[-4:]}"/>' for i, s in zip(IDS, STUDIES))
    return f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<COCHRANE_REVIEW REVMAN_VERSION="5" REVMAN_SUB_VERSION="5.4.1" TYPE="INTERVENTION">
<COVER_SHEET>
<TITLE>An invented review of <B>trees</B> &amp; shrubs</TITLE>
</COVER_SHEET>
<STUDIES_AND_REFERENCES><STUDIES><INCLUDED_STUDIES>
{studies}
</INCLUDED_STUDIES></STUDIES></STUDIES_AND_REFERENCES>
<ANALYSES_AND_DATA CALCULATED_DATA="YES">
<COMPARISON ID="CMP-001" NO="1">
<NAME>Treatment versus control</NAME>
{body}
</COMPARISON>
</ANALYSES_AND_DATA>
</COCHRANE_REVIEW>
""".encode("latin-1")


DATA_HEADER = ["Analysis group", "Analysis number", "Analysis name", "Subgroup", "Applicability", "Study", "Study year", "GIV Mean", "GIV SE",
               "Experimental mean", "Experimental SD", "Experimental cases", "Experimental N", "Control mean", "Control SD", "Control cases",
               "Control N", "O-E", "Variance", "Weight", "Mean", "CI start", "CI end", "Footnotes"]
RESULT = ["Experimental cases", "Experimental N", "Control cases", "Control N", "Mean", "CI start", "CI end", "PI start", "PI end",
          "Heterogeneity Tau²", "Heterogeneity Chi²", "Heterogeneity df", "Heterogeneity P", "Heterogeneity I²", "Effect Z", "Effect T", "Effect P"]
SETTINGS = ["Analysis group", "Analysis number", "Analysis name", "Analysis group name", "Data type", "Log-scale data", "Statistical method",
            "Effect measure", "Analysis model", "Heterogeneity estimator", "Subgroup estimates", "Overall estimates",
            "Test for subgroup differences", "Prediction interval", "Swap event and non-event", "CI method", "CI/PI level"]
TEST = ["Subgroup Chi²", "Subgroup df", "Subgroup P", "Subgroup I²"]
SUBGROUP = ["Analysis group", "Analysis number", "Subgroup", "Subgroup number", "Weight"] + RESULT


def number(x):
    return "" if x is None else f"{x:.6f}".rstrip("0").rstrip(".") if isinstance(x, float) else str(x)


def csv(header, rows):
    lines = [",".join(header)] + [",".join('"' + str(c) + '"' if "," in str(c) else str(c) for c in (r.get(h, "") for h in header)) for r in rows]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def package():
    analyses = [
        (1, "Relapse", "Dichotomous", "Mantel-Haenszel", "RR", "Risk Ratio", COUNTS, True, "DL", "Wald-type", [("Short", [0, 1, 2, 3]), ("Long", [4, 5, 6])]),
        (2, "Symptoms", "Continuous", "Inverse Variance", "SMD", "Std. Mean Difference", MEANS, True, "REML", "HKSJ", None),
        (3, "Survival", "Generic inverse variance", "Inverse Variance", "IV", "Hazard Ratio", GIVEN, False, "", "", None),
    ]
    settings, data, subs = [], [], []
    for no, name, kind, method, code, words, rows, random, estimator, ci, groups in analyses:
        log = code in ("RR", "IV")
        f = math.exp if log else (lambda x: x)
        how = "MH" if method.startswith("Mantel") else "IV"
        def run(rs, prediction=False):
            return pool(code, how, rs, random, estimator or None, ci == "HKSJ", prediction)
        def result(r, rs):
            if r is None:
                return {"Mean": 0, "CI start": 0, "CI end": 0}
            out = {"Mean": number(f(r["est"])), "CI start": number(f(r["lo"])), "CI end": number(f(r["hi"])),
                   "Heterogeneity Tau²": number(r["tau2"]), "Heterogeneity Chi²": number(float(r["q"])), "Heterogeneity df": r["df"],
                   "Heterogeneity P": number(float(r["pq"])), "Heterogeneity I²": number(float(r["i2"])), "Effect P": number(float(r["p"]))}
            out["Effect T" if ci == "HKSJ" else "Effect Z"] = number(float(r["z"]))
            if "pi" in r:
                out["PI start"], out["PI end"] = number(f(r["pi"][0])), number(f(r["pi"][1]))
            if code == "RR":
                for h, j in (("Experimental cases", 0), ("Experimental N", 1), ("Control cases", 2), ("Control N", 3)):
                    out[h] = sum(x[j] for x in rs)
            return out
        all_ = run(rows, prediction=random)
        line = {"Analysis group": 1, "Analysis number": no, "Analysis name": name, "Analysis group name": "Treatment, versus control",
                "Data type": kind, "Log-scale data": "true" if log else "false", "Statistical method": method, "Effect measure": words,
                "Analysis model": "Random effects" if random else "Fixed effect", "Heterogeneity estimator": estimator,
                "Subgroup estimates": "true", "Overall estimates": "true", "Test for subgroup differences": "true",
                "Prediction interval": "true" if random else "false", "Swap event and non-event": "false", "CI method": ci, "CI/PI level": "95%"}
        line.update(result(all_, rows))
        if groups:
            parts = [run([rows[i] for i in g[1]]) for g in groups]
            line.update(zip(TEST, map(number, between(parts))))
            for j, (g, members) in enumerate(groups):
                s = {"Analysis group": 1, "Analysis number": no, "Subgroup": g, "Subgroup number": j + 1,
                     "Weight": number(float(sum(all_["weights"][i] for i in members)))}
                s.update(result(parts[j], [rows[i] for i in members]))
                subs.append(s)
        settings.append(line)
        for i, r in enumerate(rows):
            row = {h: "0.0" for h in ("GIV Mean", "GIV SE", "Experimental mean", "Experimental SD", "Control mean", "Control SD", "O-E", "Variance")}
            row.update({"Analysis group": 1, "Analysis number": no, "Analysis name": name, "Applicability": "SUBGROUP_AND_OVERALL",
                        "Study": STUDIES[i], "Study year": STUDIES[i][-4:], "Experimental cases": 0, "Control cases": 0,
                        "Subgroup": next((g for g, m in groups if i in m), "") if groups else ""})
            names = {"Dichotomous": ("Experimental cases", "Experimental N", "Control cases", "Control N"),
                     "Continuous": ("Experimental mean", "Experimental SD", "Experimental N", "Control mean", "Control SD", "Control N")}
            row.update(zip(names.get(kind, ("GIV Mean", "GIV SE")), r))
            e = effect(code, r)
            if e is not None:
                s = math.sqrt(e[1])
                row.update({"Mean": number(f(e[0])), "CI start": number(f(e[0] - Z * s)), "CI end": number(f(e[0] + Z * s)),
                            "Weight": number(float(all_["weights"][i]))})
            data.append(row)
    folder = "CD000000-analysis-data/CD000000-"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as z:
        def put(name, content, how):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = how
            z.writestr(info, content)
        put(folder + "data-rows.csv", csv(DATA_HEADER, data), zipfile.ZIP_DEFLATED)
        put(folder + "overall-estimates-and-settings.csv", csv(SETTINGS + RESULT + TEST, settings), zipfile.ZIP_DEFLATED)
        put(folder + "subgroup-estimates.csv", csv(SUBGROUP, subs), zipfile.ZIP_STORED)
        put("CD000000-study-data/", b"", zipfile.ZIP_STORED)
    return buffer.getvalue()


def broken(package):
    """Archives that must be refused, each by its own name."""
    rm5 = revman5()
    yield "cut.rm5", rm5[: len(rm5) // 2]
    yield "crossed.rm5", rm5.replace(b"</COMPARISON>", b"</COMPARISO>")
    yield "text-for-number.rm5", rm5.replace(b'EVENTS_1="11"', b'EVENTS_1="eleven"', 1)
    yield "no-analyses.rm5", b"<COCHRANE_REVIEW><COVER_SHEET/></COCHRANE_REVIEW>"
    yield "cut.zip", package[: len(package) // 2]
    encrypted = bytearray(package)
    at = package.rindex(b"PK\x01\x02", 0, package.index(b"PK\x01\x02") + 4)
    encrypted[at + 8] |= 1
    yield "encrypted.zip", bytes(encrypted)
    damaged = bytearray(package)
    damaged[package.index(b"data-rows.csv") + 40] ^= 0xFF
    yield "damaged.zip", bytes(damaged)
    method = bytearray(package)
    method[at + 10] = 14
    yield "lzma.zip", bytes(method)

    def archive(*names):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as z:
            for n in names:
                z.writestr(zipfile.ZipInfo(n, (2026, 1, 1, 0, 0, 0)), "a,b\n1,2\n")
        return buffer.getvalue()

    yield "no-parts.zip", archive("readme.txt")
    yield "traversal.zip", archive("../../etc/x-data-rows.csv")
    yield "accuracy.zip", archive("x-parameters.csv", "x-data-rows.csv")
    big = bytearray(archive("x-data-rows.csv"))
    end = big.rindex(b"PK\x05\x06")
    big[end + 16 : end + 20] = b"\xff\xff\xff\xff"
    yield "zip64.zip", bytes(big)


def main():
    os.makedirs(os.path.join(OUT, "bad"), exist_ok=True)
    zipped = package()
    files = [("trees.rm5", revman5()), ("trees-package.zip", zipped)]
    files += [("bad/" + name, content) for name, content in broken(zipped)]
    for name, content in files:
        with open(os.path.join(OUT, name), "wb") as f:
            f.write(content)


main()
