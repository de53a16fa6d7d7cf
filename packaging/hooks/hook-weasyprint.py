"""Replaces PyInstaller's own hook: pango.py names the libraries of WeasyPrint."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("weasyprint")
