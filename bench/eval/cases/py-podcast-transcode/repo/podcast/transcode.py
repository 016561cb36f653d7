import subprocess
from pathlib import Path

from podcast import words

EPISODES = Path("/srv/podcast/episodes")

# a pipe needs a shell
PIPELINE = "ffmpeg -nostdin -i {source} -metadata {title} -f wav - | lame --abr {rate} - {target}"


class TranscodeError(RuntimeError):
    pass


def transcode(episode, title, rate=96):
    folder = EPISODES / f"{episode:05d}"
    command = words.line(
        PIPELINE, source=folder / "raw.flac", title="title=" + title, rate=int(rate), target=folder / "episode.mp3"
    )
    finished = subprocess.run(command, shell=True, stderr=subprocess.PIPE, check=False)
    if finished.returncode:
        raise TranscodeError(finished.stderr[-400:].decode(errors="replace"))
