class OrdersController < ApplicationController
  before_action :require_gardener

  def index
    sort = params[:sort]
    @orders = current_garden.orders.in_state(params[:state]).sorted_by(sort).limit(100)
    render json: @orders.as_json(only: %i[id customer_name quantity state])
  end

  def update
    order = current_garden.orders.find(params[:id])
    order.update!(state: params.require(:order).permit(:state)[:state])
    head :no_content
  end

  def destroy
    current_garden.orders.find(params[:id]).destroy!
    head :no_content
  end
end
