using OrleansTicker.Gateway.Hosting;

return await GatewayApplication.RunAsync(args);
