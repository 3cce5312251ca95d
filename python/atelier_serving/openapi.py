"""The OpenAPI document of a deployment, made from the signature and the input example of its model."""

from __future__ import annotations

from typing import Any

import numpy as np

SCALARS: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer", "format": "int32"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "datetime": {"type": "string", "format": "date-time"},
    "binary": {"type": "string", "format": "byte"},
}


def describe_mlflow_model(name: str, metadata: Any, example: Any, classes: Any) -> dict[str, Any]:
    schema = metadata.get_input_schema()
    outputs = metadata.get_output_schema()
    named = schema is not None and schema.has_input_names() and not schema.is_tensor_spec()
    parts: dict[str, Any] = {}
    if named:
        parts["Row"] = _row(schema)
        data: dict[str, Any] = {"oneOf": [_split(schema), {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}]}
    elif schema is not None and schema.has_input_names():
        data = {"type": "object", "properties": {spec.name: _tensor(spec) for spec in schema.inputs}}
    elif schema is not None and schema.is_tensor_spec():
        data = _tensor(schema.inputs[0])
    else:
        data = {}
    request = {"type": "object", "required": ["input_data"], "properties": {"input_data": data}}
    params = metadata.get_params_schema()
    if params is not None:
        request["properties"]["params"] = {"type": "object", "properties": {p.name: _param(p) for p in params.params}}
    document = _document(name, request, _reply(outputs), parts)
    shown = _example(example, schema)
    if shown is not None:
        document["paths"]["/score"]["post"]["requestBody"]["content"]["application/json"]["example"] = shown
    if classes is not None:
        document["paths"]["/score"]["post"]["parameters"] = [
            {
                "name": "probabilities",
                "in": "query",
                "schema": {"type": "boolean", "default": False},
                "description": "Reply with predictions, probabilities and classes.",
            }
        ]
        document["x-classes"] = classes
    return document


def add_pipeline(document: dict[str, Any], values: dict[str, list[str]], scores: dict[str, Any] | None) -> None:
    """What is known of a pipeline beyond its signature. Other values than the known ones are taken as well: no enum."""
    properties = document["components"]["schemas"]["Row"]["properties"]
    for name, known in values.items():
        properties[name]["x-values"] = known
    if scores is not None:
        document["x-scores"] = scores


def describe_script(name: str) -> dict[str, Any]:
    return _document(name, {}, {}, {})


def _document(name: str, request: Any, reply: Any, parts: dict[str, Any]) -> dict[str, Any]:
    error = {"description": "The body does not fit the model; the message names the column."}
    failed = {"description": "The model failed."}
    content = {"application/json": {"schema": request}}
    post = {
        "operationId": "score",
        "requestBody": {"required": True, "content": content},
        "responses": {
            "200": {"description": "The predictions.", "content": {"application/json": {"schema": reply}}},
            "400": error,
            "424": failed,
        },
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": name, "version": "1.0"},
        # Relative to this document, which callers read through the gateway; its key is theirs, not the model's.
        "servers": [{"url": "."}],
        "security": [{"key": []}],
        "paths": {"/score": {"post": post}},
        "components": {"schemas": parts, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _row(schema: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {spec.name: _column(spec) for spec in schema.inputs},
        "required": schema.required_input_names(),
    }


def _split(schema: Any) -> dict[str, Any]:
    names = schema.input_names()
    return {
        "type": "object",
        "required": ["columns", "data"],
        "properties": {
            "columns": {"type": "array", "items": {"type": "string", "enum": names}},
            "index": {"type": "array", "items": {}},
            "data": {"type": "array", "items": {"type": "array", "items": {}}},
        },
    }


def _column(spec: Any) -> dict[str, Any]:
    kind = getattr(spec.type, "name", None)
    if kind in SCALARS:
        return dict(SCALARS[kind])
    shown = str(spec.type)
    return {"type": "array", "items": {}} if shown.startswith("Array") else {"description": shown}


def _tensor(spec: Any) -> dict[str, Any]:
    kind = np.dtype(spec.type).kind
    item: dict[str, Any] = {"b": {"type": "boolean"}, "U": {"type": "string"}, "O": {}}.get(
        kind, {"type": "integer" if kind in "iu" else "number"}
    )
    for size in reversed(spec.shape):
        item = {"type": "array", "items": item}
        if size != -1:
            item.update(minItems=size, maxItems=size)
    return item


def _param(param: Any) -> dict[str, Any]:
    kind = getattr(param.dtype, "name", "string")
    described = dict(SCALARS.get(kind, {}))
    if param.default is None or isinstance(param.default, (str, int, float, bool)):
        described["default"] = param.default
    return described


def _reply(outputs: Any) -> dict[str, Any]:
    if outputs is None:
        return {"type": "array", "items": {}}
    if outputs.is_tensor_spec() and not outputs.has_input_names():
        return _tensor(outputs.inputs[0])
    if outputs.has_input_names():
        return {"type": "array", "items": {"type": "object", "properties": {s.name: _column_or_tensor(s) for s in outputs.inputs}}}
    return {"type": "array", "items": _column_or_tensor(outputs.inputs[0])}


def _column_or_tensor(spec: Any) -> dict[str, Any]:
    return _tensor(spec) if hasattr(spec, "shape") else _column(spec)


def _example(example: Any, schema: Any) -> Any:
    """One row is enough to show how to call; the model's own example may have thousands."""
    if isinstance(example, dict):
        split = example.get("dataframe_split")
        if isinstance(split, dict):
            shown = {"columns": split.get("columns", []), "data": split.get("data", [])[:1]}
            return {"input_data": shown, **_params_of(example)}
        for key in ("dataframe_records", "inputs", "instances"):
            if key in example:
                data = example[key]
                return {"input_data": data[:1] if isinstance(data, list) else data, **_params_of(example)}
    if schema is not None and schema.has_input_names() and not schema.is_tensor_spec():
        blank = {"integer": 0, "long": 0, "float": 0.0, "double": 0.0, "boolean": False, "datetime": "2025-01-01T00:00:00"}
        values = [blank.get(getattr(spec.type, "name", ""), "") for spec in schema.inputs]
        return {"input_data": {"columns": schema.input_names(), "data": [values]}}
    return None


def _params_of(example: dict[str, Any]) -> dict[str, Any]:
    return {"params": example["params"]} if "params" in example else {}
