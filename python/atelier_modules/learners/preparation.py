"""How a model's columns become its input matrix: learned once, applied to every table and to single rows."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, Normalizer, OneHotEncoder, OrdinalEncoder, StandardScaler

from ..context import Context
from ..errors import ModuleError
from ..table import Table
from .features import (
    DATE_PARTS,
    Feature,
    category_text,
    check_features,
    check_names,
    choose_features,
    flag_text,
    read_dates,
    read_features,
)

# One-hot columns and category codes per feature at most; rarer categories share one.
_MAX_ONE_HOT, _MAX_CODES = 64, 1000
_UNSEEN = "\0unseen"


class Preparation:
    """A ColumnTransformer and what it was fitted on.

    `categories` is "codes" (category numbers for LightGBM, which also takes missing numbers) or "one_hot" (numbers
    are imputed by their median). Missing is a category of its own where training saw it; an unseen one is no code or
    all zeros. `scaling` is z_score, min_max, deviation or None.
    """

    def __init__(
        self, categories: str = "one_hot", scaling: str | None = None, unit_rows: bool = False
    ) -> None:
        self.categories = categories
        self.scaling = scaling
        self.unit_rows = unit_rows
        self.features: list[Feature] = []

    def fit_transform(self, table: Table, names: Sequence[str], ctx: Context | None = None) -> np.ndarray:
        self.features = choose_features(table, names, ctx)
        frame = read_features(table, self.features)
        self.numbers = [name for name in frame.columns if frame[name].dtype != object]
        self.texts = [name for name in frame.columns if frame[name].dtype == object]
        self._warn_of_rare(frame, ctx)
        self.transformer = self._build()
        with warnings.catch_warnings():
            # Columns whose values are all missing are kept, which scikit-learn remarks on.
            warnings.simplefilter("ignore")
            return np.ascontiguousarray(self._unit(self.transformer.fit_transform(frame)), dtype=np.float64)

    def transform(self, table: Table) -> np.ndarray:
        check_features(table, self.features)
        frame = read_features(table, self.features)
        if len(frame) == 0:
            return np.empty((0, self.width))
        return np.ascontiguousarray(self._unit(self.transformer.transform(frame)), dtype=np.float64)

    @property
    def width(self) -> int:
        return max((block.stop for block in self.transformer.output_indices_.values()), default=0)

    @property
    def category_positions(self) -> list[int]:
        """Columns of the matrix that hold category codes."""
        if self.categories != "codes":
            return []
        return [self.transformer.output_indices_[f"text {name}"].start for name in self.texts]

    def column_names(self) -> list[str]:
        """A name for each column of the matrix, such as `age` or `job=student`."""
        names = [""] * self.width
        for name, fitted, columns in self.transformer.transformers_:
            block = self.transformer.output_indices_[name]
            if name == "numbers":
                names[block] = columns
            elif name != "remainder":
                seen = _one_hot_names(fitted) if self.categories == "one_hot" else [None]
                names[block] = [columns[0] if one is None else f"{columns[0]}={one}" for one in seen]
        return names

    def describe(self) -> list[dict[str, Any]]:
        """What `model.json` says of the features."""
        known = self.known_categories()
        out = []
        for feature in self.features:
            one = feature.describe()
            if feature.name in known:
                one["categories"] = known[feature.name]
            out.append(one)
        return out

    def known_categories(self) -> dict[str, list[str]]:
        found = {}
        for name, fitted, columns in self.transformer.transformers_:
            if name.startswith("text "):
                found[columns[0]] = [value for value in fitted.categories_[0] if value is not None]
        return found

    def row_reader(self) -> RowReader:
        return RowReader(self)

    def _build(self) -> ColumnTransformer:
        steps: list[tuple[str, Any, list[str]]] = []
        if self.numbers:
            steps.append(("numbers", self._number_steps(), self.numbers))
        for name in self.texts:
            steps.append((f"text {name}", self._encoder(), [name]))
        return ColumnTransformer(steps, sparse_threshold=0, verbose_feature_names_out=True)

    def _number_steps(self) -> Any:
        if self.categories == "codes":
            return "passthrough"
        imputer = SimpleImputer(strategy="median", keep_empty_features=True)
        scalers = {
            "z_score": StandardScaler(),
            "min_max": MinMaxScaler(),
            "deviation": StandardScaler(with_mean=False),
        }
        return make_pipeline(imputer, scalers[self.scaling]) if self.scaling else imputer

    def _encoder(self) -> Any:
        if self.categories == "codes":
            return OrdinalEncoder(
                handle_unknown="use_encoded_value",
                unknown_value=np.nan,
                max_categories=_MAX_CODES,
            )
        return OneHotEncoder(
            handle_unknown="infrequent_if_exist", max_categories=_MAX_ONE_HOT, sparse_output=False
        )

    def _warn_of_rare(self, frame: pd.DataFrame, ctx: Context | None) -> None:
        most = _MAX_CODES if self.categories == "codes" else _MAX_ONE_HOT
        for name in self.texts:
            unique = frame[name].nunique()
            if unique > most and ctx is not None:
                ctx.log(
                    f"“{name}” has {unique:,} categories; the rarest ones share one, so that {most} are left."
                )

    def _unit(self, matrix: np.ndarray) -> np.ndarray:
        return Normalizer().transform(matrix) if self.unit_rows else matrix


def _one_hot_names(encoder: OneHotEncoder) -> list[str]:
    prefix = len(str(encoder.feature_names_in_[0])) + 1
    return [str(name)[prefix:] for name in encoder.get_feature_names_out()]


class RowReader:
    """The same preparation for one row given as a mapping, without frames: a few microseconds per column.

    It is read off the fitted transformer, by asking it for each category and for each number's scale.
    """

    def __init__(self, preparation: Preparation) -> None:
        self._width = preparation.width
        self._unit_rows = preparation.unit_rows
        self._features = preparation.features
        blocks = preparation.transformer.output_indices_
        fitted = {name: (step, columns) for name, step, columns in preparation.transformer.transformers_}
        self._encodings: dict[str, tuple[slice, dict[str | None, np.ndarray]]] = {}
        self._affine(preparation, fitted, blocks)
        for name in preparation.texts:
            encoder, _ = fitted[f"text {name}"]
            known = [*(value for value in encoder.categories_[0] if value is not None), None, _UNSEEN]
            frame = pd.DataFrame({name: np.array(known, dtype=object)})
            rows = np.asarray(encoder.transform(frame), dtype=np.float64)
            self._encodings[name] = (blocks[f"text {name}"], dict(zip(known, rows, strict=True)))

    def _affine(self, preparation: Preparation, fitted: dict[str, Any], blocks: Mapping[str, slice]) -> None:
        if not preparation.numbers:
            return
        step, names = fitted["numbers"]
        block = blocks["numbers"]
        self._positions = {name: block.start + i for i, name in enumerate(names)}
        probe = pd.DataFrame(
            np.vstack([np.zeros(len(names)), np.ones(len(names)), np.full(len(names), np.nan)]), columns=names
        )
        at = probe.to_numpy() if isinstance(step, str) else np.asarray(step.transform(probe))
        self._offset, self._slope, self._fill = at[0], at[1] - at[0], at[2]

    def read(self, values: Mapping[str, Any]) -> np.ndarray:
        """A matrix of one row. Raises ModuleError for a column that is not there and for what is no number or date."""
        row = np.zeros((1, self._width))
        for feature in self._features:
            if feature.name not in values:
                check_names(values, self._features)
            value = values[feature.name]
            if feature.kind == "category":
                block, known = self._encodings[feature.name]
                text = flag_text(value) if feature.type == "boolean" else category_text(value)
                encoded = known.get(text)
                row[0, block] = known[_UNSEEN] if encoded is None else encoded
            elif feature.kind == "number":
                self._put(row, feature.name, _number(feature.name, value))
            else:
                parts = read_dates(pd.Series([value], name=feature.name))
                for part, numbers in zip(DATE_PARTS, parts, strict=True):
                    self._put(row, f"{feature.name} ({part})", float(numbers[0]))
        return Normalizer().transform(row) if self._unit_rows else row

    def _put(self, row: np.ndarray, name: str, value: float) -> None:
        position = self._positions[name]
        i = position - self._first
        row[0, position] = self._fill[i] if value != value else self._offset[i] + self._slope[i] * value

    @property
    def _first(self) -> int:
        return next(iter(self._positions.values()))


def _number(name: str, value: Any) -> float:
    try:
        number = float("nan") if value is None or value is pd.NA else float(value)
    except (TypeError, ValueError):
        raise ModuleError(
            f"“{value}” in the column “{name}” is no number, but the model was trained on numbers there.",
            column=name,
            row=1,
        ) from None
    return float("nan") if number in (float("inf"), float("-inf")) else number
