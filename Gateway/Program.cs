using OrleansTicker.Gateway.Hosting;

return await StartFailure.RunAsync(() => GatewayApplication.Build(new WebApplicationOptions { Args = args }));
