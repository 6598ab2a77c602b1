#!/usr/bin/env bash
# Keeps the newest files of a folder: rotate FOLDER [HOW_MANY]
set -euo pipefail

folder=${1:?usage: rotate FOLDER [HOW_MANY]}
keep=${2:-7}

mapfile -t files < <(ls -1t "$folder")
for file in "${files[@]:$keep}"; do
  echo "removing $file"
  rm -- "$folder/$file"
done
