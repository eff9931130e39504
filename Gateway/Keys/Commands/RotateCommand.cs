using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary><c>keys rotate</c>.</summary>
internal static class RotateCommand
{
    public static Command Create(KeyConsole console)
    {
        var id = KeyArguments.Id();
        var grace = KeyArguments.Duration("--grace", "How long the old key lives on; 1d where it is not said, 0s to 30d.", ApiKeyRotation.MaxGrace);
        var json = CommandArguments.Json();

        var command = new Command("rotate", "Gives an API key a successor, shows it this once, and lets the old one live on for a while.")
        {
            id, grace, json,
        };
        command.SetAction((line, cancellationToken) => console.RunAsync(
            async (store, now) =>
            {
                var rotation = await store.RotateAsync(
                    line.GetValue(id), line.GetValue(grace) ?? ApiKeyRotation.DefaultGrace, cancellationToken);
                if (rotation is not { Old: { } old, New: { } created })
                {
                    return $"Not rotated: {rotation.Refusal}.";
                }

                await (line.GetValue(json)
                    ? console.WriteAsync(CreatedApiKeyJson.Of(created, old, now), KeyJson.Default.CreatedApiKeyJson)
                    : console.WriteAsync($"{KeyText.Created(created)}\n{KeyText.NameOf(old)} counts until {KeyText.Time(old.ExpiresAt)}."));
                return null;
            },
            cancellationToken));
        return command;
    }
}
