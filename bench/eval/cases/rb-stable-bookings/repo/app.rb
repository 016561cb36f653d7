require "sinatra"
require "sqlite3"
require "json"
require_relative "lib/month"

DB = SQLite3::Database.new("stable.db", readonly: true)

error Month::Invalid do
  halt 422, env["sinatra.error"].message
end

get "/bookings" do
  month = Month.parse(params["month"])
  content_type :json
  rows = DB.execute("SELECT horse, starts_at FROM bookings WHERE strftime('%Y-%m', starts_at) = '#{month}'")
  rows.map { |horse, starts_at| { horse: horse, starts_at: starts_at } }.to_json
end
