using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Tells what keeps the gateway from starting in a sentence, where it is something that its operator can mend.</summary>
internal static class StartFailure
{
    /// <summary>Runs the gateway until it is stopped.</summary>
    /// <returns>The exit code: 1 where it could not start.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"The gateway does not start. {sentence}");
            return 1;
        }
    }

    private static string? Explain(Exception failure) => failure switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Explain)),
        IOException { InnerException: AddressInUseException } taken => $"{taken.Message} Set ASPNETCORE_URLS to another one.",
        _ => null,
    };
}
