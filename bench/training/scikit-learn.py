"""Trains what scikit-learn has for a trainer: `scikit-learn.py FOLDER MODEL`; prints what it took."""
import json
import resource
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODELS = {
    "random-forest": lambda: RandomForestClassifier(100, n_jobs=1, random_state=1),
    "gradient-boosting": lambda: HistGradientBoostingClassifier(max_iter=100, random_state=1),
    "gradient-boosting, all rows": lambda: HistGradientBoostingClassifier(
        max_iter=100, early_stopping=False, random_state=1
    ),
    "logistic-regression": lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)),
    "dense-network": lambda: make_pipeline(StandardScaler(), MLPClassifier((32,), random_state=1)),
}
folder, model = sys.argv[1:]
shape = json.load(open(f"{folder}/shape.json"))


def part(name):
    values = np.fromfile(f"{folder}/{name}.values", np.float32).reshape(-1, shape["width"])
    return values, np.fromfile(f"{folder}/{name}.codes", np.int32)


train, test = part("train"), part("test")
learner = MODELS[model]()
used, begun = time.process_time(), time.perf_counter()
learner.fit(*train)
seconds, processor = time.perf_counter() - begun, time.process_time() - used
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(
    json.dumps(
        {
            "accuracy": learner.score(*test),
            "seconds": seconds,
            "processorSeconds": processor,
            "peak": peak,
            "words": type(learner).__name__,
        }
    )
)
