#!/usr/bin/env bash
set -euo pipefail

args=(--bind "0.0.0.0:${PORT:-8000}" --workers "${WORKERS:-2}")
if [[ "${LOG_LEVEL:-info}" == debug ]]; then
  args+=(--log-level debug --access-logfile -)
fi

python init_db.py
exec gunicorn "${args[@]}" app:app
