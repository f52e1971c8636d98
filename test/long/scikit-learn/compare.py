"""What scikit-learn makes of the same rows: reads the data sets as JSON, prints its answers as JSON."""

import json
import sys

import numpy as np
from sklearn.cluster import KMeans
from sklearn.covariance import ShrunkCovariance
from sklearn.linear_model import LogisticRegression, Ridge, RidgeCV
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def parts(name, weights=None):
    given = sets[name]
    train, test = np.array(given["train"]), np.array(given["test"])
    scaler = StandardScaler().fit(train, sample_weight=weights)
    return scaler.transform(train), np.array(given["targets"]), scaler.transform(test), np.array(given["expected"])


sets = json.load(sys.stdin)
found = {}

for name in ("iris", "wine", "breast-cancer", "digits"):
    train, labels, test, expected = parts(name)
    logistic = LogisticRegression(max_iter=10_000, tol=1e-8).fit(train, labels)
    weights = np.where(labels == 0, 3.0, 0.5)
    own, _, asked, _ = parts(name, weights)
    weighted = LogisticRegression(max_iter=10_000, tol=1e-8).fit(own, labels, sample_weight=weights)
    neighbours = KNeighborsClassifier(5, algorithm="brute").fit(train, labels)
    found[name] = {
        "logistic": logistic.predict_proba(test).tolist(),
        "weighted": weighted.predict_proba(asked).tolist(),
        "neighbours": neighbours.predict_proba(test).tolist(),
        "tree": np.mean([DecisionTreeClassifier(random_state=seed).fit(train, labels).score(test, expected) for seed in range(5)]),
        "inertia": KMeans(4, n_init=10, random_state=0).fit(train).inertia_,
    }

for name in ("iris", "wine"):
    train, _, test, _ = parts(name)
    one = GaussianMixture(1, reg_covar=1e-4).fit(train)
    three = GaussianMixture(3, reg_covar=1e-4, n_init=5, random_state=0).fit(train)
    shrunk = ShrunkCovariance(shrinkage=0.1).fit(train)
    found[name]["one"] = one.score_samples(test).tolist()
    found[name]["three"] = three.score(train)
    found[name]["distances"] = np.sqrt(shrunk.mahalanobis(test)).tolist()

train, values, test, expected = parts("diabetes")
weights = 0.5 + np.arange(len(values)) % 3
own, _, asked, _ = parts("diabetes", weights)
found["diabetes"] = {
    "ridge": Ridge(alpha=10).fit(train, values).predict(test).tolist(),
    "weighted": Ridge(alpha=10).fit(own, values, sample_weight=weights).predict(asked).tolist(),
    "chosen": RidgeCV(alphas=10 ** np.arange(-3, 5.1, 0.5)).fit(train, values).predict(test).tolist(),
    "neighbours": KNeighborsRegressor(5, algorithm="brute").fit(train, values).predict(test).tolist(),
    "tree": np.mean([DecisionTreeRegressor(random_state=seed).fit(train, values).score(test, expected) for seed in range(5)]),
}

print(json.dumps(found))
