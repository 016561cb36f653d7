import express from "express";
import mongoSanitize from "express-mongo-sanitize";
import helmet from "helmet";

import { claims } from "./claims.js";
import { notFound, failed } from "./errors.js";

const app = express();

app.use(helmet());
app.use(express.json());
app.use("/claims", claims);
app.use(mongoSanitize({ replaceWith: "_" }));
app.use(notFound);
app.use(failed);

app.listen(process.env.PORT ?? 3000);
