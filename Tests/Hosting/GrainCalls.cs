using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Watches the calls to ConnectionGrains, and makes chosen ones fail.</summary>
internal sealed class GrainCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Connection, string Method), TaskCompletionSource> _seen = new();

    /// <summary>The method of <see cref="IConnectionGrain"/> whose calls fail; none by default.</summary>
    public string? Failing { get; set; }

    /// <summary>How they fail.</summary>
    public Func<Exception> Failure { get; set; } = () => new InvalidOperationException("This call fails because the test says so.");

    /// <summary>How many calls to <see cref="Failing"/> still fail.</summary>
    public int Failures { get; set; } = int.MaxValue;

    /// <summary>What messages wait for before they are answered.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public void Install(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this);

    /// <summary>Ends when the connection has been told to leave.</summary>
    public Task LeftAsync(string connectionId) =>
        SeenOf(connectionId, nameof(IConnectionGrain.LeaveAsync)).Task.WaitAsync(TickerClient.Patience, TimeProvider.System);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(IConnectionGrain))
        {
            if (context.InterfaceMethod.Name == Failing && Failures-- > 0)
            {
                throw Failure();
            }

            if (context.InterfaceMethod.Name == nameof(IConnectionGrain.MessageAsync))
            {
                await Answering;
            }

            await context.Invoke();
            SeenOf(context.TargetId.Key.ToString()!, context.InterfaceMethod.Name).TrySetResult();
        }
        else
        {
            await context.Invoke();
        }
    }

    private TaskCompletionSource SeenOf(string connection, string method) =>
        _seen.GetOrAdd((connection, method), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
