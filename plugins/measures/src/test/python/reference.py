"""Writes ../resources/io/baigong/measures/reference.properties: what the field's own libraries measure on made-up data.

python3 -m venv v && v/bin/pip install numpy scikit-learn==1.6.1 scipy==1.17.1 statsmodels==0.15.0 pycocotools==2.0.11
v/bin/python reference.py
"""

import contextlib
import io
import math
import pathlib

import numpy
import pycocotools
import scipy
import scipy.stats
import sklearn
import statsmodels
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn import calibration, isotonic, metrics
from statsmodels.stats import proportion

random = numpy.random.default_rng(20261130)
lines = []


def put(name, value):
    values = numpy.atleast_1d(value)
    lines.append(name + "=" + ",".join(repr(one.item()) for one in values))


# Scores with ties, and what happened.
scores = random.uniform(0, 1, 240).round(2)
outcomes = (random.uniform(0, 1, 240) < scores**1.5).astype(int)
put("scores", scores)
put("outcomes", outcomes)
put("roc_auc_score", metrics.roc_auc_score(outcomes, scores))
put("average_precision_score", metrics.average_precision_score(outcomes, scores))
put("brier_score_loss", metrics.brier_score_loss(outcomes, scores))
precision, recall, fscore, _ = metrics.precision_recall_fscore_support(outcomes, scores >= 0.5, average="binary")
put("precision_recall_f1", [precision, recall, fscore])
# No probability lies on an edge: libraries differ in the bin that an edge belongs to.
probabilities = scores * 0.97 + 0.0131
put("probabilities", probabilities)
frequency, probability = calibration.calibration_curve(outcomes, probabilities, n_bins=10)
put("calibration_curve.frequency", frequency)
put("calibration_curve.probability", probability)
rising = isotonic.IsotonicRegression().fit(scores, outcomes)
put("isotonic.scores", numpy.unique(scores))
put("isotonic.probabilities", rising.predict(numpy.unique(scores)))
put("platt", calibration._sigmoid_calibration(scores, outcomes))  # slope, intercept

# Four classes.
truth = random.integers(0, 4, 200)
said = numpy.where(random.uniform(0, 1, 200) < 0.6, truth, random.integers(0, 4, 200))
put("truth", truth)
put("said", said)
put("accuracy_score", metrics.accuracy_score(truth, said))
put("f1_macro", metrics.f1_score(truth, said, average="macro"))
put("cohen_kappa_score", metrics.cohen_kappa_score(truth, said))
put("confusion_matrix", metrics.confusion_matrix(truth, said).ravel())

# Distributions.
before = random.normal(0, 1, 150).round(3)
after = random.normal(0.3, 1.2, 120).round(3)
put("before", before)
put("after", after)
put("ks_2samp", scipy.stats.ks_2samp(before, after, method="exact"))
put("norm.isf.probabilities", [0.5, 0.1, 0.025, 0.005, 1e-6])
put("norm.isf", scipy.stats.norm.isf([0.5, 0.1, 0.025, 0.005, 1e-6]))
put("quantile.shares", [0, 0.025, 0.25, 0.5, 0.975, 1])
put("quantile", numpy.quantile(before, [0, 0.025, 0.25, 0.5, 0.975, 1]))
put("chi2.sf", scipy.stats.chi2.sf([4.0, 9.0, 16.92, 30.0], 9))

# Shares.
put("wilson", numpy.ravel([proportion.proportion_confint(*each, method="wilson") for each in [(0, 10), (7, 40), (40, 40)]]))
put("newcombe", proportion.confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff"))

# Boxes in pictures: x, y, width, height.
truths, found = [], []
for picture in range(40):
    for _ in range(int(random.integers(0, 5))):
        kind = int(random.integers(0, 3))
        box = random.uniform(0, 150, 4).round(1) * [1, 1, 0.4, 0.4] + [0, 0, 10, 10]
        truths.append((picture, kind, *box))
        for _ in range(int(random.integers(0, 3))):
            found.append((picture, kind, *(box + random.normal(0, 3, 4)).round(2), round(random.uniform(0.2, 1), 6)))
    for _ in range(int(random.integers(0, 3))):
        box = random.uniform(0, 150, 4) * [1, 1, 0.4, 0.4] + [0, 0, 10, 10]
        found.append((picture, int(random.integers(0, 3)), *box.round(2), round(random.uniform(0, 0.8), 6)))
put("truths", numpy.ravel(truths))
put("found", numpy.ravel(found))
with contextlib.redirect_stdout(io.StringIO()):
    coco = COCO()
    coco.dataset = {
        "images": [{"id": picture} for picture in range(40)],
        "categories": [{"id": kind} for kind in range(3)],
        "annotations": [
            {
                "id": i + 1,
                "image_id": picture,
                "category_id": kind,
                "bbox": box,
                "area": box[2] * box[3],
                "iscrowd": 0,
            }
            for i, (picture, kind, *box) in enumerate(truths)
        ],
    }
    coco.createIndex()
    answers = coco.loadRes(
        [
            {"image_id": picture, "category_id": kind, "bbox": box, "score": score}
            for picture, kind, *box, score in found
        ]
    )
    evaluation = COCOeval(coco, answers, "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
put("coco.map_50_95_and_50", evaluation.stats[:2])
assert not any(math.isnan(value) for value in evaluation.stats[:2])

origin = "# scikit-learn {}, SciPy {}, statsmodels {}, NumPy {}, pycocotools 2.0; made by src/test/python/reference.py\n".format(
    sklearn.__version__, scipy.__version__, statsmodels.__version__, numpy.__version__
)
target = pathlib.Path(__file__).parent.parent / "resources/io/baigong/measures/reference.properties"
target.write_text(origin + "\n".join(lines) + "\n")
