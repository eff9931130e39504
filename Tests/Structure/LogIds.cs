using System.Reflection;
using Microsoft.Extensions.Logging;
using OrleansTicker.Gateway.Hosting;
using OrleansTicker.Grains.Storage;

namespace OrleansTicker.Tests.Structure;

/// <summary>Each log event id belongs to one message, so that an operator can look it up or filter it.</summary>
public sealed class LogIds
{
    [Fact]
    public void No_two_messages_share_an_id()
    {
        Assembly[] assemblies = [typeof(GatewayApplication).Assembly, typeof(StorageNames).Assembly];
        var messages = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(message => message.EventId is not null)
            .ToList();

        Assert.NotEmpty(messages);
        Assert.Empty(messages.GroupBy(message => message.EventId).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group)}"));
    }
}
