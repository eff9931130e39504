using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary><c>keys revoke</c>.</summary>
internal static class RevokeCommand
{
    public static Command Create(KeyConsole console)
    {
        var id = KeyArguments.Id();
        var json = CommandArguments.Json();

        var command = new Command("revoke", "Ends an API key at once and for good.") { id, json };
        command.SetAction((line, cancellationToken) => console.RunAsync(
            async (store, now) =>
            {
                if (await store.RevokeAsync(line.GetValue(id), cancellationToken) is not { } key)
                {
                    return $"There is no API key {line.GetValue(id)}.";
                }

                await (line.GetValue(json)
                    ? console.WriteAsync(ApiKeyJson.Of(key, now), KeyJson.Default.ApiKeyJson)
                    : console.WriteAsync($"{KeyText.NameOf(key)} is revoked since {KeyText.Time(key.RevokedAt)}."));
                return null;
            },
            cancellationToken));
        return command;
    }
}
