class ReportsController < ApplicationController
  KINDS = %w[yield moisture prices].freeze

  before_action :require_farmer

  def show
    # one class a report, named like the address
    report = "Reports::#{kind.camelize}".constantize.new(current_farm)
    render json: report.rows(year: params[:year].to_i)
  end

  private

  def kind
    KINDS.find { |name| name == params[:kind] } || raise(ActionController::RoutingError, "no such report")
  end
end
