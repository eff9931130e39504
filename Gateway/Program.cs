using OrleansTicker.Gateway.Hosting;

return GatewayCommands.Takes(args)
    ? await GatewayCommands.RunAsync(args)
    : await GatewayApplication.RunAsync(args, Console.Error);
