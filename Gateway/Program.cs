using OrleansTicker.Gateway.Hosting;
using OrleansTicker.Gateway.Keys.Commands;

return args is [KeysCommand.Name, ..]
    ? await KeysCommand.RunAsync(args)
    : await GatewayApplication.RunAsync(args);
