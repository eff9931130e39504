using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary><c>keys list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(KeyConsole console)
    {
        var user = new Option<string?>("--user") { Description = "The keys of this user only.", HelpName = "id" };
        var all = new Option<bool>("--all") { Description = "Those too that count no more." };
        var json = CommandArguments.Json();

        var command = new Command("list", "Shows the API keys, and of each no more than its first characters.") { user, all, json };
        command.SetAction((line, cancellationToken) => console.RunAsync(
            async (store, now) =>
            {
                var keys = await store.ListAsync(line.GetValue(user), line.GetValue(all), cancellationToken);
                await (line.GetValue(json)
                    ? console.WriteAsync(ApiKeyListJson.Of(keys, now), KeyJson.Default.ApiKeyListJson)
                    : console.WriteAsync(KeyText.Table(keys, now)));
                return null;
            },
            cancellationToken));
        return command;
    }
}
