"""The privacy officer over HTTP: audit record, exports, incidents, disposal, keys."""
