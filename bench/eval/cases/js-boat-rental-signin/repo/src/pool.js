const mysql = require("mysql");

module.exports = mysql.createPool({
  host: process.env.DB_HOST,
  user: process.env.DB_USER,
  password: process.env.DB_PASSWORD,
  database: "rental",
  connectionLimit: 10,
});
