from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr


class PartQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    maker: StrictStr
    number: StrictStr
    revision: StrictInt | None = None
