using OrleansTicker.Gateway.Hosting;
using OrleansTicker.Gateway.Keys.Commands;

return KeysCommand.Takes(args)
    ? await KeysCommand.RunAsync(args)
    : await GatewayApplication.RunAsync(args, Console.Error);
