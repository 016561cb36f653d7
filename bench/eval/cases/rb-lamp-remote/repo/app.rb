require "sinatra"
require "json"
require_relative "lib/lamp"

LAMPS = (1..12).to_h { |number| [number, Lamp.new(number)] }.freeze

helpers do
  def lamp
    LAMPS.fetch(params["number"].to_i) { halt 404 }
  end
end

# Only public methods of a lamp can be called from outside.
post "/lamps/:number/:command" do
  command = params["command"]
  halt 422, "a lamp cannot do this" unless lamp.respond_to?(command)

  lamp.public_send(command, params["value"])
  content_type :json
  { number: lamp.number, level: lamp.level, colour: lamp.colour }.to_json
end
