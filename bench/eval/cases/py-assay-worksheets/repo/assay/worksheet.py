import csv
import subprocess

from assay.scratch import scratch


class PrintError(RuntimeError):
    pass


def print_worksheet(samples, printer):
    with scratch() as folder:
        # lp wants a file with a name
        path = folder + "/worksheet.csv"
        with open(path, "w", newline="") as handle:
            writer = csv.writer(handle, delimiter=";")
            writer.writerow(["sample", "method", "due"])
            writer.writerows((s.number, s.method, s.due.isoformat()) for s in samples)
        finished = subprocess.run(["lp", "-d", printer.queue, "--", path], check=False, timeout=60)
    if finished.returncode:
        raise PrintError(printer.queue)
