import axios from "axios";

// Every call goes to the radar service, whatever the path.
export const upstream = axios.create({
  baseURL: "http://radar.internal:9000/frames/",
  timeout: 4000,
  responseType: "arraybuffer",
  maxRedirects: 0,
});
